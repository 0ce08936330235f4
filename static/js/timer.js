/* The time that is left for a part of a pod. It only tells: nothing is sent, locked or thrown away when it is
   over. Without JavaScript the page says when the time ends. */
(() => {
  "use strict";
  for (const clock of document.querySelectorAll("[data-time-ends]")) {
    const ends = Date.parse(clock.dataset.timeEnds);
    const shown = clock.querySelector("[data-time-left]");
    const tell = () => {
      const left = Math.round((ends - Date.now()) / 1000);
      if (left <= 0) {
        shown.textContent = clock.dataset.timeOver;
        clearInterval(ticking);
        return;
      }
      shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    };
    const ticking = setInterval(tell, 1000);
    tell();
  }
})();

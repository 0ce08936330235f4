/* Sums of a sheet, reckoned while somebody types. The same sums are reckoned on the server, which decides. */
(() => {
  "use strict";
  const source = document.getElementById("pod-sums");
  if (!source) return;
  const sums = JSON.parse(source.textContent);
  const written = new Intl.NumberFormat("en-GB");
  const text = (value) => written.format(value).replace("-", "−");
  const changed = (value) => (value > 0 ? `+${text(value)}` : text(value));
  const rowOf = (key) => document.querySelector(`[data-sum="${key}"]`);
  const boundOf = (key) => document.querySelector(`[data-bound="${key}"]`);

  const valueOf = (sum) => {
    let total = sum.base;
    for (const [name, weight] of Object.entries(sum.weights)) {
      const typed = document.getElementsByName(name)[0].value.replace(/[\s,]/g, "");
      if (!/^\d+$/.test(typed)) return null; // half typed: the last sums stay
      total += weight * Number(typed);
    }
    return Math.floor(total / sum.per);
  };

  const tell = () => {
    for (const sum of sums) {
      const value = valueOf(sum);
      if (value === null) continue;
      const row = rowOf(sum.key);
      if (row) {
        row.cells[2].textContent = text(value);
        row.cells[3].textContent = changed(value - sum.before);
      }
      const bound = boundOf(sum.key);
      if (bound) {
        const met = (sum.at_least === null || value >= sum.at_least) && (sum.at_most === null || value <= sum.at_most);
        bound.querySelector("[data-value]").textContent = text(value);
        bound.querySelector("[data-when=met]").hidden = !met;
        bound.querySelector("[data-when=unmet]").hidden = met;
      }
    }
  };
  document.addEventListener("input", tell);
  tell();
})();

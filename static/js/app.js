/* Small comforts on top of pages that work without any of this. No dependency, no inline code, no eval. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  /* Theme: remember on the server, change without leaving the page (a half-filled form stays filled). */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-form]");
    const button = event.submitter;
    if (!form || !button) return;
    event.preventDefault();
    const body = new FormData(form, button);
    root.dataset.theme = body.get("theme");
    for (const other of form.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    document.dispatchEvent(new CustomEvent("theme"));
  });

  /* Dialogs: a link to #id opens the <dialog id> as a modal; without JavaScript :target shows it. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.hash.slice(1));
      if (dialog && dialog.showModal) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const closer = event.target.closest("[data-close]");
    const dialog = event.target.closest("dialog");
    if (dialog && (closer || event.target === dialog)) {
      event.preventDefault();
      dialog.close();
      if (location.hash === `#${dialog.id}`) history.replaceState(null, "", location.pathname + location.search);
    }
    const dismissed = event.target.closest("[data-dismiss]");
    if (dismissed) dismissed.closest(".message").remove();
  });

  /* Menus close on Escape and when the attention goes elsewhere. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open], .main-nav details[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu, .main-nav details")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open], .main-nav details[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });

  /* Filters apply on change where the form says so. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });

  /* Coding: the keys 1 to 9 tick the box with that key; Enter anywhere sends the form. */
  document.addEventListener("keydown", (event) => {
    const form = document.querySelector("form[data-keys]");
    const inText = event.target.closest("input:not([type=checkbox]), textarea, select, a, button, summary");
    if (!form || inText || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const key = [...form.querySelectorAll("kbd")].find((each) => each.textContent === event.key);
    if (key) key.closest("label").querySelector("input").click();
  });

  /* A questionnaire says how many of its questions are answered. */
  for (const note of document.querySelectorAll("[data-answered]")) {
    const form = note.closest("form");
    const count = () => {
      const answered = form.querySelectorAll("fieldset:has(input:checked)").length;
      note.querySelector("progress").value = answered;
      note.querySelector("b").textContent = String(answered);
    };
    form.addEventListener("change", count);
    note.hidden = false;
    count();
  }

  /* An invalid form: start at its summary. */
  const focusSummary = (within) => within.querySelector("[data-focus]")?.focus();
  focusSummary(document);
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.target));
})();

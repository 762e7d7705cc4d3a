// Enhancements only: every page does its job without this file. No eval, no inline styles: the CSP is strict.
(() => {
  "use strict";

  // htmx: errors that carry a page part are shown too (a form with its errors is 422, a notice 403, 404 or 409).
  Object.assign(htmx.config, {
    includeIndicatorStyles: false,
    allowEval: false,
    historyRestoreAsHxRequest: false,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "[45]..", swap: true, error: true },
    ],
  });
  // A failing badge is no reason to disturb: only what the user asked for may put a notice on the page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.isError && event.detail.requestConfig.triggeringEvent?.type === "load") event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:sendError", () => {
    const notice = document.createElement("p");
    notice.className = "ls-msg is-late";
    notice.setAttribute("role", "alert");
    notice.textContent = "网络不通，刚才的操作没有送到。请检查网络后再试，已填写的内容还在。";
    document.getElementById("messages")?.replaceChildren(notice);
  });

  // Filters submit themselves; the button stays for who has no script.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-auto-submit]") && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });

  // A second click while the first is on its way does nothing.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Menus close when one looks elsewhere.
  const closeMenus = (except) => document.querySelectorAll("details.ls-org[open]").forEach((menu) => menu !== except && (menu.open = false));
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.ls-org")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.ls-org[open]");
    if (menu) menu.querySelector("summary").focus();
    closeMenus();
  });

  // Drafts: what is typed into form[data-draft] survives an expired session, a closed lid, a wrong click. It stays in
  // this tab, under the user's number, without passwords, and is dropped once the form has been accepted.
  const user = document.body.dataset.user;
  const here = `draft:${user}:${location.pathname}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const fields = (form) => [...form.elements].filter((each) => each.name && !["password", "hidden", "file", "submit"].includes(each.type));
  const values = (form) => fields(form).map((each) => [each.name, each.value, ["checkbox", "radio"].includes(each.type) ? each.checked : null]);

  function restore(form, saved) {
    for (const [name, value, checked] of saved) {
      const field = fields(form).find((each) => each.name === name && (checked === null || each.value === value));
      if (field && checked === null) field.value = value;
      else if (field) field.checked = checked;
    }
    const note = document.createElement("p");
    note.className = "ls-msg is-wait";
    note.textContent = "已恢复您上次没有提交的内容。";
    form.before(note);
  }

  function keepDrafts() {
    if (!user) return;
    const accepted = document.querySelector("#messages .is-ok") !== null;
    for (const key of Object.keys(sessionStorage).filter((each) => each.startsWith("draft:"))) {
      const foreign = !key.startsWith(`draft:${user}:`);
      const draft = read(key);
      if (foreign || (draft.sent && (accepted || key !== here))) sessionStorage.removeItem(key);
    }
    const form = document.querySelector("form[data-draft]");
    if (!form) return;
    const draft = read(here);
    if (draft && !form.querySelector(".ls-errors") && JSON.stringify(draft.values) !== JSON.stringify(values(form))) restore(form, draft.values);
    const save = (sent) => sessionStorage.setItem(here, JSON.stringify({ values: values(form), sent }));
    form.addEventListener("input", () => save(false));
    form.addEventListener("submit", () => save(true));
  }
  keepDrafts();
})();

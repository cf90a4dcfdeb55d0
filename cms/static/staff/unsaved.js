// Whoever leaves a page with words that are not saved is asked first: in forms that say so, with data-written.
"use strict";
(() => {
  const form = document.querySelector("form[data-written]");
  if (!form) return;
  let sent = false;
  // A new sign-in brings a new token (idle.js): that is nobody's word.
  const state = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const before = state();
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", (event) => {
    if (!sent && (form.dataset.written === "unsaved" || state() !== before)) event.preventDefault();
  });
})();

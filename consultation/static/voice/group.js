// A long form that keeps no draft: it warns before it is left, and stays signed in while someone types. Works without.
"use strict";
(() => {
  const form = document.querySelector("#session");
  const QUIET = 4 * 60 * 1000; // well under the time after which an idle reader is signed out
  let typed = 0, told = Date.now(), sending = false;

  form.addEventListener("input", () => { typed = Date.now(); });
  // Without a signal the browser would put an error in the page's place, and what was typed would be gone with Back.
  const unsent = document.querySelector("#unsent");
  form.addEventListener("submit", async (event) => {
    if (sending) return;
    event.preventDefault();
    unsent.hidden = true;
    try {
      const here = { method: "HEAD", credentials: "same-origin", cache: "no-store", redirect: "manual" };
      if (!(await fetch(location.pathname, here)).ok) throw new Error("signed out");
      sending = true;
      form.submit();
    } catch {
      unsent.hidden = false;
      unsent.focus();
    }
  });
  addEventListener("beforeunload", (event) => { if (typed && !sending) event.preventDefault(); });
  if (document.querySelector("#wrong")) { typed = Date.now(); document.querySelector("#wrong").focus(); }

  // Typing is no idling, though no page is asked for meanwhile. Nothing of what was typed goes along.
  setInterval(() => {
    if (typed > told && Date.now() - told > QUIET) {
      told = Date.now();
      fetch(location.pathname, { method: "HEAD", credentials: "same-origin", cache: "no-store" }).catch(() => {});
    }
  }, 30000);
})();

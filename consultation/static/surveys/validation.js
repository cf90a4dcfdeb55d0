/* In the editor of a consultation: each finding of the list stands beside its question too, and the list is asked for
   again after each save, as are the steps. Without this script both are above the questions, as when the page opened. */
(function () {
  "use strict";

  const NOTE = "check-note";
  const SHOWING = 400; // ms in which Wagtail shows another tab
  const FOCUSED = "input:not([type=hidden]):not([aria-hidden]), textarea, select, button";
  const WORDS = { stop: "To mend: ", advice: "Advice: ", through: "Let through: " };

  function placeOf(item) {
    /* The element of the question, and in it that of the field when it is drawn */
    const section = document.getElementById(`block-${item.dataset.block}-section`);
    const content = section && document.getElementById(`block-${item.dataset.block}-content`);
    if (!content) return null;
    const field = content.querySelector(`[data-contentpath="${CSS.escape(item.dataset.field)}"]`);
    return field || content.querySelector(".question-folded")?.closest("section").querySelector(".w-panel__header") || content;
  }

  function note(item) {
    const box = document.createElement("div");
    box.className = NOTE;
    box.dataset.kind = item.dataset.kind;
    const line = document.createElement("p");
    const kind = document.createElement("b");
    kind.textContent = WORDS[item.dataset.kind];
    line.append(kind, item.querySelector("[data-said]").textContent);
    box.append(line);
    return box;
  }

  function fieldOf(item) {
    const field = document.getElementById(`id_${item.dataset.field}`) || document.querySelector(`[name="${CSS.escape(item.dataset.field)}"]`);
    return field && field.closest("[data-contentpath], .w-field__wrapper, .w-panel__content");
  }

  function draw() {
    document.querySelectorAll(`.${NOTE}`).forEach((old) => old.remove());
    document.querySelectorAll('[data-checks-list] li[data-block]:not([data-kind="missing"])').forEach((item) => {
      const place = item.dataset.block ? placeOf(item) : item.dataset.field && fieldOf(item);
      if (!place) return;
      if (place.matches(".w-panel__header")) place.after(note(item)); // folded: seen without opening it
      else place.prepend(note(item));
    });
  }

  /* ---- to the place that a link names: in a hidden tab, in a folded question ---- */

  function goTo(hash, tries = 10, from = document.activeElement) {
    /* Whoever went to another field while its tab was being shown stays there: their next letter belongs to it */
    const place = placeNamed(hash);
    const panel = place && place.closest("[role=tabpanel]");
    if (!place) return false;
    if (panel && panel.hidden) document.querySelector(`[role=tab][aria-controls="${panel.id}"], [role=tab][href="#${panel.id}"]`)?.click();
    window.setTimeout(() => {
      if (![from, document.body].includes(document.activeElement)) return;
      if (panel && panel.hidden && tries) goTo(hash, tries - 1, from);
      else focus(place);
    }, panel && panel.hidden ? SHOWING : 0);
    return true;
  }

  function placeNamed(hash) {
    const [, block, field] = hash.match(/^block-(.+?)-section(?:\.(.+))?$/) || [];
    if (!block) return fieldNamed(hash.replace(/^id_/, ""));
    window.consultationQuestions?.openAt(block);
    const section = document.getElementById(`block-${block}-section`);
    return section && ((field && section.querySelector(`[data-contentpath="${CSS.escape(field)}"]`)) || section);
  }

  function fieldNamed(name) {
    const own = document.getElementById(`id_${name}`) || document.querySelector(`[name="${CSS.escape(name)}"]`);
    return own || document.querySelector(`[name="${CSS.escape(name)}-count"]`)?.parentElement; // the questions
  }

  function focus(place) {
    for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      panel.querySelector(':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]')?.click();
    }
    place.scrollIntoView({ block: place.matches("section") ? "start" : "center" });
    (place.matches("input, textarea, select") ? place : place.querySelector(FOCUSED))?.focus({ preventScroll: true });
  }

  function follow(event) {
    /* Links of the steps, of the checks and of what went wrong lead to a place of this very page, once or again */
    const link = event.target.closest("[data-guide] a, [data-checks] a, [data-errors] a, [data-lost] a");
    if (!link || link.pathname !== window.location.pathname || !link.hash) return;
    if (goTo(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
  }

  function arrive() {
    /* What its address names is drawn only by Wagtail's own script */
    const hash = decodeURIComponent(window.location.hash.slice(1));
    if (/^block-/.test(hash)) whenDrawn(() => placeNamed(hash), keepInView);
    if (/^id_/.test(hash)) whenDrawn(() => placeNamed(hash), () => goTo(hash));
  }

  function whenDrawn(find, act) {
    const found = find();
    if (found) return act(found);
    const watch = new MutationObserver(() => {
      const drawn = find();
      if (!drawn) return;
      watch.disconnect();
      act(drawn);
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }

  function keepInView(place) {
    /* What is drawn above it afterwards would push it away; the person's first move ends this. The form is what grows:
       the body keeps the height of the window, and its inside scrolls. */
    const pushed = new ResizeObserver(() => {
      place.scrollIntoView();
      const first = document.activeElement === document.body && place.querySelector("[data-panel-toggle]");
      if (first) first.focus({ preventScroll: true }); // Tab goes on from here
    });
    pushed.observe(place.closest("form") || document.body);
    ["wheel", "touchstart", "pointerdown", "keydown"].forEach((move) =>
      document.addEventListener(move, () => pushed.disconnect(), { once: true, passive: true })
    );
  }

  function drawWhenReady() {
    /* Each block is its own piece of work for Wagtail's script: the notes go in when the last of them stands */
    const wanted = [...document.querySelectorAll("[data-checks-list] li[data-block]")].filter((item) => item.dataset.block);
    draw();
    whenDrawn(() => wanted.every((item) => placeOf(item)), draw);
  }

  /* The list of a panel, "checks" or "guide", as it is after a save */
  const asked = { checks: 0, guide: 0 };
  async function again(name, event) {
    const panel = document.querySelector(`[data-${name}]`);
    const list = panel?.querySelector(`[data-${name}-list]`);
    if (!list) return;
    const made = event.detail?.response?.pk; // a page that was not there before this save has number 0
    if (made) panel.dataset[name] = panel.dataset[name].replace("/0/", `/${made}/`);
    if (panel.dataset[name].includes("/0/")) return;
    asked[name] += 1;
    const mine = asked[name];
    const answer = await fetch(panel.dataset[name], { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || mine !== asked[name]) return; // signed out meanwhile: that is another page
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...parsed.body.childNodes);
    if (name === "checks") draw();
  }

  function start() {
    if (!document.querySelector("[data-checks]")) return;
    ["checks", "guide"].forEach((name) => document.addEventListener("w-autosave:success", (event) => again(name, event)));
    document.addEventListener("question:drawn", () => window.setTimeout(draw));
    document.addEventListener("click", follow);
    window.addEventListener("hashchange", arrive);
    drawWhenReady();
    arrive();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

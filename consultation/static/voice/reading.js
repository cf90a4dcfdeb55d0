/* The reading desk by keyboard and mouse. Everything here is also a button: without this file nothing is lost. */
"use strict";

(() => {
  const BROKEN = "That did not work, and nothing was decided. Load this page again: your marks are kept.";
  const raw = () => document.querySelector(".raw");
  const form = () => byId("desk-form");
  const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const { points } = inAnswer;
  const { byId, main, say, complain } = answerDesk;
  let busy = false;
  let keeping = Promise.resolve();
  let waiting = 0; /* the timer of a note that is being written */
  let idle = 0;
  let touched = Date.now();
  let picked = null; /* [start, end] in code points of the answer as it was sent */
  let walk = { from: -1, to: -1 }; /* the words that the arrows are at, by their first code points */
  let kind = "PERSON";
  let current = ""; /* the number of the marked words that were walked to or changed last */

  function begin(focus) {
    document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
    const chosen = byId("pick-kind");
    if (chosen) chosen.value = kind;
    const cover = byId("uncover");
    const target = byId("error") || (focus && byId(focus)) || (cover && !cover.checked ? cover : byId("answer"));
    if (target && (focus !== "" || byId("error"))) target.focus({ preventScroll: target.id !== "error" });
    stayAwake();
  }

  /* Where nobody is, no words are. What was marked is on the site; the same address leads back to it. */
  function leave() {
    clearTimeout(idle);
    if (!byId("work") || !byId("work").dataset.idle) return;
    document.title = "Words off the screen - Desk";
    const title = document.createElement("h1");
    title.tabIndex = -1;
    title.textContent = "The words are off the screen";
    const text = document.createElement("p");
    text.textContent = "You are signed out, or nothing was pressed for a long time. Your marks and your note are kept, and nothing was decided.";
    const back = document.createElement("a");
    back.className = "btn one";
    back.href = location.pathname + location.search;
    back.textContent = "Go on with this answer";
    main().replaceChildren(title, text, back);
    title.focus();
  }

  function stayAwake() {
    touched = Date.now();
    clearTimeout(idle);
    const minutes = byId("work") ? Number(byId("work").dataset.idle) : 0;
    if (minutes) idle = setTimeout(leave, minutes * 60000);
  }

  const post = (address, data) => answerDesk.post(address, data, { expected: [422, 503], broken: BROKEN, signedOut: leave });

  /* The server draws every page, so the preview is what a planner would see. */
  async function draw(reply, focus) {
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const moved = new URL(reply.url).pathname !== location.pathname;
    main().replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
    const rooms = page.getElementById("rooms");
    if (rooms && byId("rooms")) byId("rooms").replaceWith(document.adoptNode(rooms));
    document.title = page.title;
    if (moved) {
      history.replaceState(null, "", reply.url);
      walk = { from: -1, to: -1 };
      current = "";
      scrollTo(0, 0);
    }
    picked = null;
    const told = main().querySelector("[role=status]");
    if (told) say(told.textContent.trim());
    begin(moved ? undefined : focus);
  }

  async function press(target, verb, more = {}) {
    if (busy) return;
    busy = true;
    clearTimeout(waiting);
    const focused = document.activeElement && document.activeElement.id;
    const data = new FormData(target);
    if (verb) data.set("do", verb);
    Object.entries(more).forEach(([name, value]) => data.set(name, value));
    try {
      await keeping;
      const reply = await post(target === form() ? location.href : target.action, data);
      if (reply) await draw(reply, focused || "answer");
    } finally { busy = false; }
  }

  const change = (verb, more) => press(form(), verb, more);

  /* A note is kept while it is written. */
  function keepSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (busy || !form()) return;
      const data = new FormData(form());
      data.set("do", "keep");
      keeping = post(location.href, data).then((reply) => { if (reply) stayAwake(); });
    }, 1500);
  }

  /* Words: the unmarked ones one by one, and each mark as a whole. */
  function units() {
    const found = [];
    const lang = raw().lang || "en";
    const cut = new Intl.Segmenter(lang, { granularity: "word" });
    raw().querySelectorAll("[data-at]").forEach((piece) => {
      const at = Number(piece.dataset.at);
      const node = piece.firstChild;
      if (!node) return;
      const text = node.data;
      const mark = piece.closest("mark");
      const add = (from, to) => found.push({ node, from, to, mark, at: at + points(text.slice(0, from)), end: at + points(text.slice(0, to)) });
      if (mark) { add(0, text.length); return; }
      for (const part of cut.segment(text)) if (part.isWordLike) add(part.index, part.index + part.segment.length);
    });
    return found;
  }

  function step(forward, several) {
    const all = units();
    if (!all.length) return;
    let to;
    [walk, to] = inAnswer.step(all, walk, forward, several);
    const label = to.mark ? `, ${to.mark.classList.contains("off") ? "shown" : "hidden"}, ${to.mark.querySelector("b") ? to.mark.querySelector("b").textContent : ""}` : "";
    if (to.mark) current = to.mark.dataset.key;
    say(getSelection().toString().trim() + label);
  }

  const selected = () => inAnswer.selected(raw());

  /* The bar that asks what selected words are. It stays while someone uses it. */
  function offer() {
    const bar = byId("pick");
    if (!bar || bar.contains(document.activeElement)) return;
    picked = selected();
    bar.hidden = !picked;
    if (picked) byId("picked").textContent = picked[2].length > 40 ? `${picked[2].slice(0, 40)}…` : picked[2];
  }

  function markAt() {
    const place = selected() || picked;
    if (!place) return null;
    const unit = units().find((one) => one.mark && one.at === place[0] && one.end === place[1]);
    return unit ? unit.mark : null;
  }

  /* Hide what is chosen; where it is a mark already, change it over. */
  function hideChosen() {
    const place = selected() || picked;
    if (!place || !byId("pick-kind")) return;
    const mark = markAt();
    if (mark) { change(`toggle:${mark.dataset.key}`); return; }
    kind = byId("pick-kind").value;
    getSelection().removeAllRanges();
    change(`select:${place[0]}-${place[1]}`, { kind });
  }

  function sayKind() {
    const mark = markAt();
    const bar = byId("pick");
    const target = mark ? byId(`type-${mark.dataset.key}`) : bar && !bar.hidden ? byId("pick-kind") : document.querySelector("select.kind");
    if (target) target.focus();
  }

  /* The next kind for the marked words that one is at, or for the only ones; else the lists. */
  async function nextKind() {
    const mark = markAt();
    const only = document.querySelectorAll("select.kind").length === 1 ? "1" : "";
    const key = mark ? mark.dataset.key : (selected() || picked ? "" : byId(`kind-${current}`) ? current : only);
    if (!key) { sayKind(); return; }
    await change(`kind:${key}`);
    current = key;
    const tag = document.querySelector(`.raw mark[data-key="${key}"] b`);
    if (tag) say(tag.textContent);
  }

  function showHard() {
    const cover = byId("uncover");
    if (!cover) return;
    cover.click();
    if (cover.checked) byId("answer").focus({ preventScroll: true }); else cover.focus();
  }

  const focusOn = (id) => { const target = byId(id); if (target) target.focus(); };
  const click = (id) => { const button = byId(id); if (button) button.click(); };
  const special = {
    m: hideChosen,
    y: (event) => (event.shiftKey ? sayKind() : nextKind()),
    s: showHard,
    u: () => click("undo"),
    e: () => focusOn("note"),
    w: () => focusOn(byId("reason") ? "reason" : "note"),
    "?": () => { const keys = byId("all-keys"); if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); } },
  };

  function walks(event) {
    const here = document.activeElement;
    if (!raw() || !form() || raw().offsetParent === null || (here !== raw() && here !== document.body)) return false;
    const ahead = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (ahead) { step((getComputedStyle(raw()).direction === "rtl" ? -ahead : ahead) > 0, event.shiftKey); return true; }
    if (event.key === "Enter" && (selected() || picked)) { hideChosen(); return true; }
    return false;
  }

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    /* Out of a field, to where the keys decide. */
    if (event.key === "Escape" && form() && form().contains(event.target)) { focusOn("answer"); return; }
    if (typing(event.target)) return;
    if (walks(event)) { event.preventDefault(); return; }
    if (event.repeat || !byId("work") || byId("work").hasAttribute("data-keys-off")) return;
    const key = event.key.toLowerCase();
    if (special[key]) { event.preventDefault(); special[key](event); return; }
    const button = /^[1-9]$/.test(key)
      ? byId(`toggle-${key}`)
      : [...document.querySelectorAll("[data-key]:not(mark)")].find((element) => element.dataset.key === key);
    if (button) { event.preventDefault(); button.click(); }
  }

  async function switchKeys(target) {
    if (await post(target.action, new FormData(target))) answerDesk.showSwitchedKeys();
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("selectionchange", offer);
  document.addEventListener("submit", (event) => {
    if (!byId("work") || event.target.method !== "post") return;
    event.preventDefault();
    if (event.target.id === "keys-form") { switchKeys(event.target); return; }
    press(event.target, event.submitter && event.submitter.value);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("dialog")) stayAwake(); /* "stay signed in" */
    if (event.target.closest("#pick-hide")) { hideChosen(); return; }
    const mark = event.target.closest(".raw mark");
    if (mark && getSelection().isCollapsed) change(`toggle:${mark.dataset.key}`);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("select.kind")) { focusOn("answer"); change("types"); }
    if (event.target.id === "uncover") keepSoon();
    if (event.target.id === "pick-kind") kind = event.target.value;
  });
  document.addEventListener("input", (event) => { if (event.target.id === "note") keepSoon(); });
  document.addEventListener("visibilitychange", () => {
    const minutes = byId("work") ? Number(byId("work").dataset.idle) : 0;
    if (!document.hidden && minutes && Date.now() - touched > minutes * 60000) leave();
  });

  /* Once more when all is there: the browser goes to #answer by itself, and covered words are no place to go to. */
  const start = () => begin(location.hash === "#answer" ? undefined : "");
  start();
  if (document.readyState !== "complete") addEventListener("load", start);
})();

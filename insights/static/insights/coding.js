/* The coding desk by keyboard and mouse. All that it does is also a button, a box or a link: without it nothing is lost. */
"use strict";

(() => {
  const OUT = "You are signed out, and nothing was saved. Sign in again in another tab, then press again: what you chose is still here.";
  const BROKEN = "That did not work, and nothing was saved. What you chose is still here.";
  const UNSAVED = "You have not saved this. Press Enter to save it, or the same once more to leave it.";
  const answer = () => byId("answer");
  const form = () => byId("desk-form");
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const { points } = inAnswer;
  const { byId, main, say, complain } = answerDesk;
  let busy = false;
  let walk = { from: -1, to: -1 }; /* the words that the arrows are at */
  let before = ""; /* the form as it was drawn */
  let drawn = false; /* marked words are not saved yet */
  let warned = ""; /* the key that would leave unsaved choices */
  let leaving = false;

  const fields = () => new URLSearchParams([...new FormData(form())].filter(([name]) => !["csrfmiddlewaretoken", "mark-theme", "sentence", "do"].includes(name))).toString();
  const dirty = () => !!form() && (drawn || fields() !== before);

  function begin(focus, changed = false) {
    document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
    if (!form()) return;
    byId("work").dataset.scripted = "";
    before = fields();
    drawn = changed;
    warned = "";
    lead(byId("mark-theme").value);
    const wanted = byId("error") || (focus && byId(focus)) || answer();
    if (focus !== undefined) wanted.focus({ preventScroll: wanted === answer() });
  }

  /* The theme that stances and marked words are for: the one ticked last. */
  function lead(theme) {
    const box = theme && byId(`t${theme}`);
    document.querySelectorAll(".theme.last").forEach((row) => row.classList.remove("last"));
    if (box && box.checked) box.closest(".theme").classList.add("last");
    if (byId("mark-theme") && box) byId("mark-theme").value = theme;
  }

  const post = (address, data) => answerDesk.post(address, data, { expected: [422, 409], broken: BROKEN, signedOut: () => complain(OUT) });

  /* The server draws every page, so what is seen is what would be saved. */
  async function draw(reply, focus, changed) {
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const moved = new URL(reply.url).pathname !== location.pathname;
    main().replaceChildren(...document.adoptNode(page.getElementById("main")).childNodes);
    document.title = page.title;
    walk = { from: -1, to: -1 };
    if (moved) {
      history.pushState(null, "", reply.url);
      scrollTo(0, 0);
    }
    const told = main().querySelector("[role=status]");
    if (told) say(told.textContent.trim());
    if (!form()) main().focus({ preventScroll: true }); /* the list, at the end of a set */
    begin(moved ? "answer" : focus, changed);
  }

  async function press(target, verb) {
    if (busy) return;
    busy = true;
    main().setAttribute("aria-busy", "true");
    const focused = document.activeElement && document.activeElement.id;
    const own = target === form();
    const data = new FormData(target);
    if (verb) data.set("do", verb);
    try {
      const reply = await post(own ? location.href.split("#")[0] : target.action, data);
      if (reply) await draw(reply, focused || "answer", own && (verb !== "save" || reply.status !== 200));
    } finally {
      busy = false;
      main().removeAttribute("aria-busy");
    }
  }

  /* Words of the answer, one by one. */
  function units() {
    const found = [];
    const cut = new Intl.Segmenter(answer().lang || "en", { granularity: "word" });
    answer().querySelectorAll("[data-at]").forEach((piece) => {
      const node = piece.firstChild;
      if (!node) return;
      const at = Number(piece.dataset.at);
      for (const part of cut.segment(node.data)) {
        if (part.isWordLike) found.push({ node, from: part.index, to: part.index + part.segment.length, at: at + points(node.data.slice(0, part.index)) });
      }
    });
    return found;
  }

  function step(forward, several) {
    const all = units();
    if (!all.length) return;
    [walk] = inAnswer.step(all, walk, forward, several);
    say(getSelection().toString().trim());
  }

  /* "start-end" of what is selected; numbers of marks do not count. */
  function selected() {
    const place = inAnswer.selected(answer());
    return place && `${place[0]}-${place[1]}`;
  }

  function markWords() {
    const place = selected();
    if (!place) { say("Select the words first: with the arrows, or with the mouse."); return; }
    if (!byId("mark-theme").value) { byId("mark-theme").focus(); say("Which theme are the words about?"); return; }
    press(form(), `mark:${place}`);
  }

  function tick(box) {
    box.click();
    box.scrollIntoView({ block: "nearest" });
    say(`${box.closest(".theme").querySelector("label b").textContent}: ${box.checked ? "ticked" : "not ticked"}`);
  }

  function tickAll() {
    const boxes = [...document.querySelectorAll("[data-proposed]")];
    boxes.filter((box) => !box.checked).forEach((box) => box.click());
    say(boxes.length ? "All that is proposed is ticked" : "Nothing is proposed");
  }

  function stance(value) {
    const row = document.querySelector(".theme.last");
    if (!row) { say("Tick a theme first."); return; }
    const select = row.querySelector("select");
    select.value = value;
    say(`${row.querySelector("label b").textContent}: ${select.selectedOptions[0].textContent}`);
  }

  function radio(value) {
    const box = byId(`nothing-${value}`);
    const chosen = box.checked ? byId("nothing-none") : box;
    chosen.checked = true;
    chosen.scrollIntoView({ block: "nearest" });
    say(chosen.labels[0].firstChild.textContent.trim());
  }

  /* Type-ahead: themes whose name or meaning holds every word. */
  function find() {
    const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    byId("others").open = true;
    document.querySelectorAll(".theme").forEach((row) => { row.hidden = !words.every((word) => row.dataset.words.includes(word)); });
    document.querySelectorAll("#others fieldset").forEach((set) => { set.hidden = !set.querySelector(".theme:not([hidden])"); });
    const left = document.querySelectorAll(".theme:not([hidden])").length;
    if (words.length) say(left ? `${left} themes, first: ${firstFound().closest(".theme").querySelector("label b").textContent}` : "No theme has these words");
  }

  const firstFound = () => document.querySelector(".theme:not([hidden]) input");

  function foundKey(event) {
    const box = firstFound();
    if (event.key === "Escape" || event.key === "Enter") {
      event.preventDefault();
      if (event.key === "Enter" && box && byId("find").value.trim()) tick(box);
      byId("find").value = "";
      find();
      answer().focus({ preventScroll: true });
    } else if (event.key === "ArrowDown" && box) {
      event.preventDefault();
      box.focus();
    }
  }

  /* Where choices are not saved, the same key must be pressed twice. */
  function go(key) {
    const link = document.querySelector(`a[data-key="${key}"]`);
    if (!link) { say("There is no other."); return; }
    if (dirty() && warned !== key) { warned = key; complain(UNSAVED); return; }
    leaving = true;
    link.click();
  }

  const focus = (id) => { byId(id).focus(); byId(id).scrollIntoView({ block: "nearest" }); };
  const special = {
    a: tickAll, w: markWords, "/": () => focus("find"), m: () => focus("memo"),
    "+": () => stance("agrees"), "-": () => stance("disagrees"), "=": () => stance("mixed"), 0: () => stance(""),
    o: () => radio("other"), r: () => radio("no_reason"),
    n: () => go("n"), j: () => go("n"), p: () => go("p"), k: () => go("p"), l: () => go("l"), c: () => go("c"),
    u: () => { if (byId("undo")) byId("undo").click(); else say("There is nothing left to undo."); },
    "?": () => { const keys = byId("all-keys"); keys.open = !keys.open; keys.querySelector("summary").focus(); },
  };

  function walks(event) {
    const here = document.activeElement;
    if (here !== answer() && here !== document.body) return false;
    const ahead = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!ahead) return false;
    step((getComputedStyle(answer()).direction === "rtl" ? -ahead : ahead) > 0, event.shiftKey);
    return true;
  }

  function pressed(event) {
    if (!form() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.id === "find") { foundKey(event); return; }
    if (event.target.id === "memo" && event.key === "Escape") { answer().focus({ preventScroll: true }); return; }
    if (typing(event.target)) return;
    if (walks(event)) { event.preventDefault(); return; }
    if (event.repeat || byId("work").hasAttribute("data-keys-off") || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter") {
      if (event.target.closest("a, button, summary")) return;
      event.preventDefault();
      press(form(), "save");
      return;
    }
    const key = event.key.toLowerCase();
    const box = /^[1-9]$/.test(key) && document.querySelector(`[data-number="${key}"]`);
    if (box) { event.preventDefault(); tick(box); return; }
    if (Object.hasOwn(special, key)) { event.preventDefault(); special[key](); }
  }

  async function switchKeys(target) {
    if (await post(target.action, new FormData(target))) answerDesk.showSwitchedKeys();
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", (event) => {
    if (!form() || event.target.method !== "post" || !main().contains(event.target)) return;
    event.preventDefault();
    if (event.target.id === "keys-form") { switchKeys(event.target); return; }
    if (event.target !== form() && dirty() && warned !== event.target.id) { warned = event.target.id; complain(UNSAVED); return; }
    press(event.target, event.target === form() ? (event.submitter && event.submitter.value) || "save" : "");
  });
  document.addEventListener("change", (event) => {
    if (!form()) return;
    if (event.target.name === "themes") lead(event.target.value);
    if (event.target.id === "mark-theme") lead(event.target.value);
  });
  document.addEventListener("input", (event) => { if (event.target.id === "find") find(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#mark-words")) markWords();
    if (event.target.closest(".dock a, .crumb a")) leaving = true;
  });
  /* The bar keeps what was selected in the answer. */
  document.addEventListener("mousedown", (event) => { if (event.target.closest("#mark-words")) event.preventDefault(); });
  addEventListener("beforeunload", (event) => { if (!leaving && dirty()) event.preventDefault(); });
  addEventListener("popstate", () => { leaving = true; location.reload(); });

  const start = () => begin(location.hash === "#answer" || byId("error") ? "answer" : undefined);
  start();
})();

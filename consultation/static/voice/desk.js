/* The reading desk and the leads' board by keyboard. Everything here is also a button: without this file nothing is lost. */
"use strict";

(() => {
  const work = () => document.getElementById("work");
  const form = () => document.getElementById("desk-form");
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  let busy = false;

  /* Where to begin: at what went wrong, else at the words. Hard words are covered: #answer is then their cover. */
  function begin() {
    document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
    const error = document.getElementById("error");
    const target = error || (location.hash === "#answer" && document.getElementById("answer"));
    if (target) target.focus();
  }

  /* Change what is hidden without leaving the page: the server draws it, so the preview is what a planner would see. */
  async function change(verb) {
    if (busy) return;
    busy = true;
    const focused = document.activeElement && document.activeElement.id;
    const data = new FormData(form());
    data.set("do", verb);
    try {
      const reply = await fetch(location.href, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("work");
      if (!fresh) { location.reload(); return; }
      work().replaceWith(document.adoptNode(fresh));
      document.title = page.title;
      document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
      const error = document.getElementById("error");
      const target = error || document.getElementById(focused) || document.getElementById("answer");
      if (target) target.focus({ preventScroll: !error });
    } finally { busy = false; }
  }

  const points = (text) => [...text].length;

  /* [start, end] of the selection in code points of the answer as it was sent; labels do not count. */
  function selected() {
    const selection = getSelection();
    const raw = document.querySelector(".raw");
    if (!raw || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const places = [];
    raw.querySelectorAll("[data-at]").forEach((piece) => {
      if (!range.intersectsNode(piece)) return;
      const text = piece.textContent;
      const inside = (node) => node === piece || piece.contains(node);
      const offset = (node, at) => (node === piece ? (at ? text.length : 0) : at);
      let from = inside(range.startContainer) ? offset(range.startContainer, range.startOffset) : 0;
      let to = inside(range.endContainer) ? offset(range.endContainer, range.endOffset) : text.length;
      while (from < to && /\s/.test(text[from])) from += 1;
      while (to > from && /\s/.test(text[to - 1])) to -= 1;
      if (from >= to) return;
      const at = Number(piece.dataset.at);
      places.push([at + points(text.slice(0, from)), at + points(text.slice(0, to))]);
    });
    return places.length ? [places[0][0], places[places.length - 1][1]] : null;
  }

  function hideSelected() {
    const place = selected();
    if (place) change(`select:${place[0]}-${place[1]}`);
  }

  function open(details) {
    if (!details) return;
    details.open = !details.open;
    details.querySelector("summary").focus();
  }

  const special = {
    m: hideSelected,
    s: () => open(document.querySelector("details.grave")),
    u: () => { const undo = document.getElementById("undo"); if (undo) undo.click(); },
    "?": () => open(document.getElementById("all-keys")),
  };

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
    if (!work() || work().hasAttribute("data-keys-off")) return;
    const key = event.key.toLowerCase();
    if (moveInBoard(event)) return;
    if (special[key]) { event.preventDefault(); special[key](); return; }
    const button = /^[1-9]$/.test(key)
      ? document.getElementById(`toggle-${key}`)
      : [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
    if (button) { event.preventDefault(); button.click(); }
  }

  /* The board: arrows go from item to item, lane to lane; C claims the one in focus. */
  function moveInBoard(event) {
    const items = [...document.querySelectorAll(".board .item")];
    if (!items.length) return false;
    const at = items.indexOf(document.activeElement.closest(".item"));
    if (event.key.toLowerCase() === "c" && at >= 0) {
      const claim = items[at].querySelector(".claim");
      if (claim) claim.click();
      return true;
    }
    const lane = at >= 0 ? items[at].closest(".lane") : null;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step && !side) return false;
    let to = items[Math.max(0, at + (step || 0))];
    if (side && lane) {
      const lanes = [...document.querySelectorAll(".lane")].filter((each) => each.querySelector(".item"));
      const next = lanes[lanes.indexOf(lane) + side];
      to = next ? next.querySelector(".item") : items[at];
    }
    event.preventDefault();
    if (to) (to.querySelector("a, button") || to).focus();
    return true;
  }

  document.addEventListener("keydown", pressed);

  document.addEventListener("submit", (event) => {
    const verb = (event.submitter && event.submitter.value) || "";
    if (event.target === form() && /^(toggle:|hide$)/.test(verb)) { event.preventDefault(); change(verb); return; }
    if (event.target.id === "keys-form") { event.preventDefault(); switchKeys(event.target); return; }
    if (busy) event.preventDefault();
    busy = true;
  });

  async function switchKeys(target) {
    await fetch(target.action, { method: "POST", body: new FormData(target), headers: { "X-Requested-With": "fetch" } });
    const off = work().toggleAttribute("data-keys-off");
    const button = document.getElementById("keys-switch");
    button.setAttribute("aria-pressed", String(!off));
    button.textContent = `Single keys are ${off ? "off" : "on"}`;
  }

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.grave")) return;
    const state = event.target.querySelector("[name=uncovered]");
    if (state) state.value = event.target.open ? "1" : "0";
  }, true);

  /* A page that comes back from the browser's memory would show what was decided meanwhile. */
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  begin();
})();

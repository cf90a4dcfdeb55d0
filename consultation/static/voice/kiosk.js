// A shared tablet: one page of the browser's history, blanked before it changes, back to the start when nobody is there.
// Without this script each button sends its form and "Clear the screen" works; what is missing is going back by itself.
"use strict";
(() => {
  const WARN = 20; // seconds: the least that people need to say that they are still there (WCAG 2.2.1)
  const reset = document.querySelector("#clear");
  const still = document.querySelector("#still");
  const home = reset && reset.dataset.idle === "0";
  if (window.kioskWatch) clearInterval(window.kioskWatch);
  if (!reset) delete window.kioskStart;
  if (home) {
    window.kioskStart = `<!doctype html>${document.documentElement.outerHTML}`;
  }

  // A place under the first page, so that Back on question 1 stays on the tablet. It holds two numbers and no words.
  const place = (history.state || {}).kiosk;
  if (!reset && place === undefined) history.replaceState({ kiosk: 0 }, "");
  if (home && place === 0) history.pushState({ kiosk: 1 }, "");
  else if (home) history.replaceState({ kiosk: 1 }, "");
  addEventListener("popstate", ({ state }) => {
    if (reset && state && state.kiosk === 0) history.pushState(document.querySelector("form.ask") ? { step: 0 } : { kiosk: 1 }, "");
  });

  // Who listens to the page hears where they are: a page that was written has no load to announce.
  if (window.kioskTurned && !document.querySelector("form.ask")) {
    const head = document.querySelector("main [role=alert]") || document.querySelector("main h1");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  // A page that is written over does not end what runs in it: a Send that waits to try again, a voice that reads.
  const stopAll = () => {
    const form = document.querySelector("form.ask");
    if (form) form.dispatchEvent(new Event("input", { bubbles: true }));
    if (window.speechSynthesis) speechSynthesis.cancel();
    for (const medium of document.querySelectorAll("audio, video")) medium.pause();
    dispatchEvent(new Event("pagehide"));
  };

  const wipe = () => {
    document.documentElement.hidden = true;
    document.title = "";
    stopAll();
    for (const control of document.querySelectorAll("input:not([type=hidden]), textarea, select")) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else if (control.tagName === "SELECT") control.selectedIndex = -1;
      else control.value = "";
    }
  };

  const write = (html) => {
    window.kioskTurned = true;
    clearInterval(window.kioskWatch); // it watches the page that goes
    document.open();
    document.write(html);
    document.close();
    scrollTo(0, 0);
  };

  const ask = async (address, fields) => {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), credentials: "same-origin", cache: "no-store" });
    return answer.text();
  };

  // Blank first. Without a signal the start page is the one that stood here before: it holds nobody's answers.
  const backToStart = async (why) => {
    clearInterval(window.kioskWatch);
    wipe();
    const fields = new FormData(reset);
    fields.set("do", why);
    try {
      write(await ask(reset.getAttribute("action"), fields));
    } catch {
      if (window.kioskStart) write(window.kioskStart);
      else setTimeout(() => backToStart(why), 5000);
    }
  };

  let pressed = null;
  document.addEventListener("click", ({ target }) => { pressed = target.closest("button") || pressed; }, true);

  // Send was pressed, no signal came, and nobody is there any more: what was sent waits in the memory of this page, and
  // nowhere else, until it arrives. The first page says so.
  const waiting = window.kioskWaiting = window.kioskWaiting || [];
  const tellWaiting = () => {
    for (const words of document.querySelectorAll("[data-waiting]")) words.hidden = !waiting.length;
  };
  const sendWaiting = async () => {
    const [first] = waiting;
    if (!first) return;
    try {
      const { status } = await fetch(first.address, { method: "POST", body: first.body, credentials: "same-origin" });
      if (status < 500 && status !== 429 && waiting[0] === first) waiting.shift();
    } catch { /* still no signal */ }
    tellWaiting();
  };
  clearInterval(window.kioskSending);
  window.kioskSending = setInterval(sendWaiting, 10000);
  addEventListener("online", sendWaiting);
  // Closing asks nothing. What waits is tried once more, which goes on without the page.
  addEventListener("pagehide", ({ isTrusted }) => {
    if (isTrusted) for (const { address, body } of waiting) fetch(address, { method: "POST", body, credentials: "same-origin", keepalive: true }).catch(() => {});
  });
  tellWaiting();

  // Pages follow one another in the same entry of the history: Back has nothing of another person's to show.
  document.addEventListener("submit", async (event) => {
    const { target: form } = event;
    if (form.matches("form.ask")) return;
    event.preventDefault();
    if (form === reset) return backToStart("clear");
    const submitter = event.submitter || pressed; // an older tablet does not name it, nor put it among the fields
    const address = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action");
    const fields = new FormData(form);
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    for (const button of document.querySelectorAll("main button")) button.disabled = true;
    try {
      write(await ask(address, fields));
    } catch {
      for (const button of document.querySelectorAll("main button")) button.disabled = false;
    }
  });

  if (!reset || home) return;

  let last = Date.now();
  let presses = [];
  let at = null; // where somebody was when they were asked whether they are still there
  const warned = () => !still.hidden;
  const warn = () => {
    at = document.activeElement;
    still.hidden = false;
    still.querySelector("button").focus();
  };
  const seen = () => {
    last = Date.now();
    if (!warned()) return;
    still.hidden = true;
    at.focus({ preventScroll: true });
  };
  for (const name of ["pointerdown", "keydown", "input", "wheel", "touchmove", "click"]) {
    document.addEventListener(name, seen, { capture: true, passive: true });
  }
  document.addEventListener("scroll", () => { if (!warned()) last = Date.now(); }, { capture: true, passive: true });

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < 5000).concat(event.timeStamp);
    if (presses.length === 3) backToStart("clear");
  });

  // Answers that are on their way are not wiped; a Send that was tried may have arrived, so it is not called unsent.
  const asked = document.querySelector("form.ask");
  const onTheirWay = () => asked && asked.waiting && !asked.querySelector(".signal.warn");
  const limit = Number(reset.dataset.idle);

  window.kioskWatch = setInterval(() => {
    const left = Math.ceil(limit - (Date.now() - last) / 1000);
    if (onTheirWay()) last = Date.now();
    else if (left <= 0) {
      if (asked && asked.waiting) waiting.push({ address: asked.getAttribute("action"), body: asked.waiting });
      backToStart(asked && !asked.tried ? "late" : "next");
    }
    else if (left <= WARN) {
      const words = still.querySelector("p");
      words.textContent = words.dataset.say.replace("{n}", left);
      if (!warned()) warn();
    }
  }, 1000);
})();

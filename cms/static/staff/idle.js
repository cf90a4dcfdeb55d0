// Nobody is signed out without a warning, and nothing that they wrote is lost (WCAG 2.2.1). Two minutes before, a dialog
// asks; one press stays. After that the page is covered, because someone else may be looking, and what was written stays
// under the cover until the same person has signed in again.
"use strict";
(() => {
  const ASK = "/accounts/still-here/";
  const DOOR = "/accounts/login/?next=/accounts/start/";
  let who = null;
  let timer = null;
  let asked = 0;
  let dialog = null;
  let before = null;
  let told = false; // that the day ends, which no press puts off

  function text(tag, words) {
    const made = document.createElement(tag);
    made.textContent = words;
    return made;
  }

  function button(words, action) {
    const made = text("button", words);
    made.type = "button";
    made.className = "btn button one";
    made.addEventListener("click", action);
    return made;
  }

  function show(kind, title, words, ...acts) {
    if (!dialog) {
      before = document.activeElement;
      dialog = document.createElement("dialog");
      dialog.setAttribute("role", "alertdialog");
      dialog.setAttribute("aria-labelledby", "idle-title");
      dialog.setAttribute("aria-describedby", "idle-words");
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        if (dialog.classList.contains("soon")) dialog.querySelector("button").click();
      });
      document.body.append(dialog);
    }
    if (dialog.open && dialog.classList.contains(kind)) {
      dialog.querySelector("#idle-words").textContent = words; // the focus stays where it is
      return;
    }
    const heading = text("h2", title);
    heading.id = "idle-title";
    const said = text("p", words);
    said.id = "idle-words";
    const row = document.createElement("p");
    row.className = "acts";
    row.append(...acts);
    dialog.className = `idle ${kind}`;
    dialog.replaceChildren(heading, said, row);
    if (!dialog.open) dialog.showModal();
    row.firstElementChild.focus();
  }

  function hide() {
    if (!dialog) return;
    dialog.close();
    dialog.remove();
    dialog = null;
    if (before && before.isConnected) before.focus();
  }

  async function ask(method = "GET") {
    const headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    const answer = await fetch(ASK, { method, headers, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return null; // to the sign-in page
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  let csrf = "";
  const token = () => csrf || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // A new sign-in has a new token: what was written under the old one can still be sent.
  function renew(value) {
    csrf = value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = value;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = value;
  }

  function again(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(seconds, 1) * 1000);
  }

  function warn(seconds, canStay) {
    const minutes = Math.max(Math.round(seconds / 60), 1);
    const soon = `You will be signed out in ${minutes} minute${minutes === 1 ? "" : "s"}`;
    if (canStay)
      show(
        "soon",
        "Are you still here?",
        `${soon}, because nothing was done here for a while. What you wrote is still on this page.`,
        button("Stay signed in", stay),
      );
    else if (!told)
      show(
        "soon",
        "Your day here ends soon",
        `${soon}, because you signed in 12 hours ago. Save what you are writing, then sign in again.`,
        button("Go on", goOn),
      );
  }

  function goOn() {
    told = true;
    hide();
  }

  function away() {
    const link = text("a", "Sign in again");
    link.href = DOOR;
    link.target = "_blank";
    link.className = "btn button one";
    show(
      "over",
      "You are signed out",
      "What you wrote is still on this page, under this cover. Sign in again in a new tab, then come back to this one.",
      link,
      button("I have signed in", look),
    );
    again(5);
  }

  async function look() {
    clearTimeout(timer);
    const mine = ++asked;
    let now;
    try {
      now = await ask();
    } catch {
      return mine === asked ? again(30) : undefined; // no network: the server decides when it is back
    }
    if (mine !== asked) return undefined; // a late answer would take back what a later one said
    if (!now) return who === null ? undefined : away();
    if (who !== null && now.who !== who) return location.reload(); // someone else: not theirs to see
    who = now.who;
    renew(now.token);
    if (now.seconds > now.warn) {
      told = false;
      hide();
      return again(now.seconds - now.warn);
    }
    if (now.seconds > 0) warn(now.seconds, now.can_stay);
    return again(now.seconds > 20 ? Math.min(now.seconds, 20) : now.seconds + 1);
  }

  async function stay() {
    try {
      await ask("POST");
    } catch {
      // the server did not take it: what it says next is shown
    }
    look();
  }

  // Who signs out in one window is told so in each other that they see beside it, before they press "Save" there.
  const windows = window.BroadcastChannel && new BroadcastChannel("staff");
  windows?.addEventListener("message", () => [1000, 5000].forEach((wait) => setTimeout(look, wait)));
  document.addEventListener("submit", (event) => {
    const to = event.target.getAttribute("action") || "";
    if (/\/logout\/$/.test(to)) windows?.postMessage("out");
  });

  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  look();
})();

// Send: try, and try again while the page is open, and say so. The same token makes a repeated Send one answer.
"use strict";
(() => {
  const form = () => document.querySelector("form.ask");
  const signal = () => document.querySelector(".signal");
  if (!form() || !signal()) return;

  const PAUSES = [0, 2, 4, 8, 15, 30, 60]; // seconds before each try; the last one again and again
  const QUIET_TRIES = 5; // then nobody may miss that it is not sent
  const words = (name) => signal().dataset[name];
  let hurry = null; // ends a pause at once
  let trying = 0; // the Send that is under way; 0: none
  let sends = 0;

  const say = (text, loud) => {
    const place = signal();
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("warn", Boolean(loud));
    place.classList.toggle("panel", Boolean(text));
  };

  const sayNotSent = (reason, again) => {
    if (signal().querySelector("button")) return;
    say(`${words(reason)} ${again ? words("trying") : ""}`, true);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = words("again");
    button.addEventListener("click", () => (trying ? hurry() : start()));
    signal().append(button);
    document.title = words("unsent");
    button.focus();
  };

  // What came of one try: a page to show, or why there is none, and whether another try could help.
  const attempt = async (body) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 30000);
    try {
      const answer = await fetch(form().action, { method: "POST", body, credentials: "same-origin", signal: limit.signal });
      if ([200, 422].includes(answer.status)) return { page: await answer.text() };
      return { reason: "ours", again: answer.status >= 500 || answer.status === 429 };
    } catch {
      return { reason: "failed", again: true };
    } finally {
      clearTimeout(timer);
    }
  };

  const pause = (seconds) => new Promise((done) => {
    hurry = done;
    setTimeout(done, seconds * 1000);
  });

  const start = async () => {
    const mine = trying = sends += 1;
    const body = new URLSearchParams(new FormData(form()));
    for (let tries = 0; ; tries += 1) {
      if (tries < QUIET_TRIES) say(words(tries ? "slow" : "sending"));
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      if (trying !== mine) return;
      const { page, reason, again } = await attempt(body);
      if (trying !== mine) return;
      if (page) { show(page); return; }
      if (!again) trying = 0;
      if (!again || tries >= QUIET_TRIES - 1) sayNotSent(reason, again);
      if (!again) return;
    }
  };

  const show = (page) => {
    document.open();
    document.write(page);
    document.close();
    scrollTo(0, 0);
    if (form()) return;
    // Kept. Someone who listens hears the page from its start; Back leaves the survey, whose steps are gone.
    document.getElementById("main").focus();
    const { href } = document.querySelector("a.name") || {};
    if (href) addEventListener("popstate", () => location.replace(href));
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    if (!event.submitter || event.submitter.hidden) return;
    if (trying) hurry();
    else start();
  });

  // An answer that is changed while Send waits must not go out half written.
  const stop = (event) => {
    if (!trying || !event.target.closest("form.ask")) return;
    trying = 0;
    say(words("edit"), true);
  };
  document.addEventListener("input", stop);
  document.addEventListener("change", stop);
  addEventListener("offline", () => { if (!trying) say(words("lost")); });
  addEventListener("online", () => {
    if (trying) hurry();
    else if (!signal().classList.contains("warn")) say(words("back"));
  });
})();

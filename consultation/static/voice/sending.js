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
  let trying = null; // the number of the Send that is under way
  let sends = 0;
  let pressed = null; // the button, for browsers that do not name a form's submitter

  const say = (text, loud) => {
    const place = signal();
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("warn", Boolean(loud));
    place.classList.toggle("panel", Boolean(text));
  };

  const beside = (tag, text) => {
    const one = document.createElement(tag);
    if (tag === "button") one.type = tag;
    one.className = "btn";
    one.textContent = text;
    signal().append(one);
    return one;
  };

  const sayNotSent = (reason, again) => {
    if (signal().querySelector("[data-again]")) return;
    say(`${words(reason)} ${again ? words("trying") : ""}`, true);
    const button = beside("button", words("again"));
    button.dataset.again = "";
    button.addEventListener("click", () => (trying ? hurry() : start()));
    document.title = words("unsent");
    button.focus();
  };

  // Where every question was on the page, because the style did not come or is not understood, the server keeps all words.
  const filledIn = () => {
    const body = new URLSearchParams(new FormData(form()));
    if (pressed && pressed.name) body.append(pressed.name, pressed.value);
    return body;
  };

  // What came of one try: a page to show, or why there is none, and whether another try could help.
  const attempt = async (body) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 30000);
    try {
      // It goes on when someone leaves at once; browsers allow that for 64 KB.
      const keepalive = String(body).length < 60000;
      const answer = await fetch(form().action, { method: "POST", body, credentials: "same-origin", keepalive, signal: limit.signal });
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
    const body = filledIn();
    form().tried = true; // for a shared tablet, which clears its screen: kiosk.js goes on sending what waits
    form().waiting = body;
    for (let tries = 0; ; tries += 1) {
      if (tries < QUIET_TRIES) say(words(tries ? "slow" : "sending"));
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      if (trying !== mine) return;
      const { page, reason, again } = await attempt(body);
      if (trying !== mine) return;
      if (page) { show(page); return; }
      if (!again) trying = form().waiting = null;
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

  document.addEventListener("click", ({ target }) => { pressed = target.closest("form.ask button:not([type=button])") || pressed; }, true);
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    pressed = event.submitter || pressed;
    if (!pressed || !pressed.closest(".end")) return; // Enter, which presses the form's first button, sends nothing
    if (trying) hurry();
    else start();
  });

  // A link that leads away takes unsent answers along: nothing of them is kept. Exit and help ask nothing.
  const filled = () => [...form().querySelectorAll(".step input, .step textarea, .step select")]
    .some((one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value.trim()));
  const askBefore = (href, stayed) => {
    say(words("leave"), true);
    const stay = beside("button", words("stay"));
    stay.addEventListener("click", () => { say(""); stayed(); });
    beside("a", words("go")).href = href;
    stay.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !form() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stays = link.hash && link.pathname === location.pathname;
    if (stays || !link.protocol.startsWith("http") || link.closest(".bar, .langs, .signal") || !filled()) return;
    event.preventDefault();
    askBefore(link.href, () => link.focus());
  });
  // Back from the first step, as a phone has it. It is asked once: a second Back leaves.
  addEventListener("popstate", ({ state }) => {
    if (!state || !state.before) return;
    if (!form() || !filled()) { history.back(); return; }
    askBefore("..", () => history.forward());
  });

  // An answer that is changed while Send waits must not go out half written.
  const stop = (event) => {
    if (!trying || !event.target.closest("form.ask")) return;
    trying = form().waiting = null;
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

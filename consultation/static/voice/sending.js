// Send: try, and try again while the page is open, and say so. The same token makes a repeated Send one.
// For every form[data-sends] of a page: the survey's, and the one that asks for contact. Forms are looked up by id when
// they are used, because a page's words may be swapped for another language's.
"use strict";
(() => {
  const PAUSES = [0, 2, 4, 8, 15, 30, 60]; // seconds before each try; the last one again and again
  const QUIET_TRIES = 5; // then nobody may miss that it is not sent

  // What came of one try: a page to show, or why there is none, and whether another try could help.
  const attempt = async (action, body) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 30000);
    try {
      // It goes on when someone leaves at once; browsers allow that for 64 KB.
      const keepalive = String(body).length < 60000;
      const answer = await fetch(action, { method: "POST", body, credentials: "same-origin", keepalive, signal: limit.signal });
      if ([200, 422].includes(answer.status)) return { page: await answer.text() };
      return { reason: "ours", again: answer.status >= 500 || answer.status === 429 };
    } catch {
      return { reason: "failed", again: true };
    } finally {
      clearTimeout(timer);
    }
  };

  const show = (form, page) => {
    if (!form()) return;
    const inside = form().closest("[data-inside] section"); // of help that is open in the survey
    if (inside) { inside.dispatchEvent(new CustomEvent("page:came", { detail: page })); return; }
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

  const makeSender = (id) => {
    const form = () => document.getElementById(id);
    const signal = () => form().querySelector(".signal");
    const words = (name) => signal().dataset[name];
    let hurry = null; // ends a pause at once
    let trying = null; // the number of the Send that is under way
    let sends = 0;

    const say = (text, loud) => {
      if (!form()) return; // another form's answer took the page: this one goes on being sent
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
      if (!form() || signal().querySelector("[data-again]")) return;
      say(`${words(reason)} ${again ? words("trying") : ""}`, true);
      const button = beside("button", words("again"));
      button.dataset.again = "";
      button.addEventListener("click", () => press());
      document.title = words("unsent");
      button.focus();
    };
    const pause = (seconds) => new Promise((done) => {
      hurry = done;
      setTimeout(done, seconds * 1000);
    });

    const start = async (button) => {
      const mine = trying = sends += 1;
      const { title } = document;
      const asked = form();
      const body = new URLSearchParams(new FormData(form()));
      // Where every question was on the page, because the style did not come or is not understood, the server keeps all words.
      if (button && button.name) body.append(button.name, button.value);
      form().tried = true; // for a shared tablet, which clears its screen: kiosk.js goes on sending what waits
      form().waiting = body;
      for (let tries = 0; ; tries += 1) {
        if (form() && tries < QUIET_TRIES) say(words(tries ? "slow" : "sending"));
        await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
        if (trying !== mine) return;
        const { page, reason, again } = await attempt((form() || asked).action, body);
        if (trying !== mine) return;
        if (!again) trying = (form() || asked).waiting = null;
        if (page) { document.title = title; show(form, page); return; }
        if (!again || tries >= QUIET_TRIES - 1) sayNotSent(reason, again);
        if (!again) return;
      }
    };
    let pressed = null;
    const press = (button) => {
      pressed = button || pressed;
      if (trying) hurry();
      else start(pressed);
    };
    // What is changed while Send waits must not go out half written.
    const stop = () => {
      if (!trying) return;
      trying = form().waiting = null;
      say(words("edit"), true);
    };
    const lost = () => { if (!trying) say(words("lost")); };
    const found = () => {
      if (trying) hurry();
      else if (!signal().classList.contains("warn")) say(words("back"));
    };
    return { form, words, say, beside, press, stop, lost, found };
  };

  const senders = {};
  const senderOf = (form) => (senders[form.id] = senders[form.id] || makeSender(form.id));
  const all = () => [...document.querySelectorAll("form[data-sends]")].map(senderOf);

  let clicked = null; // the button, for browsers that do not name a form's submitter
  document.addEventListener("click", ({ target }) => { clicked = target.closest("form[data-sends] button:not([type=button])") || clicked; }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-sends]") || (event.submitter && event.submitter.name === "again")) return; // a language
    event.preventDefault();
    const button = event.submitter || clicked;
    // Enter in the survey presses its first button, which sends nothing.
    if (button && button.form === form && (button.closest(".end") || form.id !== "answers")) senderOf(form).press(button);
  });
  const change = ({ target }) => {
    const form = target.closest("form[data-sends]");
    if (form) senderOf(form).stop();
  };
  document.addEventListener("input", change);
  document.addEventListener("change", change);
  addEventListener("offline", () => all().forEach((one) => one.lost()));
  addEventListener("online", () => all().forEach((one) => one.found()));

  // A link that leads away takes unsent answers along: nothing of them is kept. Exit and help ask nothing.
  const survey = () => document.querySelector("form.ask[data-sends]");
  const filled = () => survey() && [...survey().querySelectorAll(".step input, .step textarea, .step select")]
    .some((one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value.trim()));
  const askBefore = (href, stayed) => {
    const { say, beside, words } = senderOf(survey());
    say(words("leave"), true);
    const stay = beside("button", words("stay"));
    stay.addEventListener("click", () => { say(""); stayed(); });
    beside("a", words("go")).href = href;
    stay.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stays = link.hash && link.pathname === location.pathname;
    if (stays || link.target || !link.protocol.startsWith("http") || link.closest(".bar, .langs, .signal") || !filled()) return;
    event.preventDefault();
    askBefore(link.href, () => link.focus());
  });
  // Back from the first step, as a phone has it. It is asked once: a second Back leaves.
  addEventListener("popstate", ({ state }) => {
    if (!state || !state.before) return;
    if (!filled()) { history.back(); return; }
    askBefore("..", () => history.forward());
  });
})();

// The survey with a script: focus, one history of equal addresses, answers that stand alone, and a Send that tries again.
// Without it every step, branch and button works by CSS and HTML; nothing here is needed to answer.
"use strict";
(() => {
  const form = document.querySelector("form.ask");
  const steps = form ? [...form.querySelectorAll(".step")] : [];
  if (!steps.length) return;
  const check = form.querySelector("#check");
  const status = form.querySelector(".signal");
  const [sending, slow, failed, lost, back] = status.dataset.say.split("|");

  // A class in place of the address's fragment: an address would tell the browser's history which questions were shown.
  const show = (id) => {
    const step = steps.find((one) => one.id === id || one.querySelector(`#${CSS.escape(id)}`));
    const reviewing = !step;
    check.classList.toggle("on", reviewing);
    for (const one of steps) one.classList.toggle("now", one === step);
    const place = reviewing ? check : step;
    const head = (id !== place.id && document.getElementById(id)) || place.querySelector(".warn, legend, h2, h1");
    if (!head.matches("input, textarea")) head.tabIndex = -1;
    place.scrollIntoView();
    head.focus({ preventScroll: true });
  };
  const move = (id) => {
    history.pushState({ step: id }, "");
    show(id);
  };
  const asked = location.hash.slice(1);
  const known = asked === "check" || steps.some((step) => step.id === asked);
  const first = check.classList.contains("on") ? "check" : known ? asked : steps[0].id;
  history.replaceState({ step: first }, "", location.pathname + location.search);
  if (first !== steps[0].id) show(first);
  else steps[0].classList.add("now");
  addEventListener("popstate", (event) => { if (event.state && event.state.step) show(event.state.step); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.hash.slice(1);
    if (id === "main") document.getElementById("main").focus();
    else move(id);
  });

  // "None of these" and its like stand alone; a thing has one place in an order.
  form.addEventListener("change", ({ target }) => {
    const field = target.closest("fieldset");
    if (!field || !target.checked) return;
    const alone = (input) => "alone" in input.dataset && !input.closest(".rows");
    for (const other of field.querySelectorAll("input:checked")) {
      const twice = "once" in field.dataset && other.name !== target.name && other.value === target.value;
      if (other !== target && (alone(target) || alone(other) || (twice && other.closest(".rows")))) other.checked = false;
    }
    if (target.type === "radio") offerToClear(field);
  });
  const offerToClear = (field) => {
    if (field.querySelector(".clear")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "clear";
    button.textContent = form.dataset.clear;
    button.addEventListener("click", () => {
      for (const input of field.querySelectorAll("input:checked")) input.checked = false;
      button.remove();
      field.querySelector("input").focus();
    });
    field.append(button);
  };

  // Send: try, and try again while the page is open. The same token makes a repeated Send one answer.
  let busy = false;
  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const attempt = async (body) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 30000);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: limit.signal });
      return [200, 422].includes(answer.status) ? await answer.text() : null;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
  const say = (words, loud) => {
    status.textContent = words;
    status.classList.toggle("warn", Boolean(loud));
    status.classList.toggle("panel", Boolean(words));
  };
  const send = async () => {
    const body = new URLSearchParams(new FormData(form));
    for (const [tries, pause] of [0, 2, 4, 8, 15].entries()) {
      say(tries ? slow : sending);
      await wait(pause);
      const page = await attempt(body);
      if (page) return page;
    }
    return null;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !event.submitter || event.submitter.hidden) return;
    busy = true;
    const page = await send();
    busy = false;
    if (!page) {
      say(failed, true);
      status.tabIndex = -1;
      status.focus();
      return;
    }
    document.open();
    document.write(page);
    document.close();
    scrollTo(0, 0);
  });
  addEventListener("offline", () => say(lost));
  addEventListener("online", () => { if (!busy) say(back); });
})();

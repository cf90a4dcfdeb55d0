// The survey with a script: focus, one history of equal addresses, and answers that stand alone.
// Without it every step, branch and button works by CSS and HTML; nothing here is needed to answer.
"use strict";
(() => {
  let form, steps, check;
  const find = () => {
    form = document.querySelector("form.ask");
    steps = form ? [...form.querySelectorAll(".step")] : [];
    check = form && form.querySelector("#check");
    for (const field of form ? form.querySelectorAll("fieldset") : []) {
      if (field.querySelector("[type=radio]:checked")) offerToClear(field);
    }
  };

  // Numbers count the questions that this person sees: those along the links to the next step.
  const isOn = (link) => getComputedStyle(link).display !== "none";
  const number = () => {
    if (!form.querySelector(".qn")) return;
    const seen = [];
    for (let step = steps[0]; step && !seen.includes(step);) {
      seen.push(step);
      const link = [...step.querySelectorAll(":scope > .go > span:first-child a")].find(isOn);
      step = link && steps.find(({ id }) => `#${id}` === link.hash);
    }
    const asked = seen.filter((step) => step.querySelector(".count"));
    for (const [place, step] of asked.entries()) {
      for (const one of step.querySelectorAll(".qn")) one.textContent = one.matches(".all") ? asked.length : place + 1;
      step.querySelector(".thread").max = asked.length;
      step.querySelector(".thread").value = place + 1;
    }
  };

  // A class in place of the address's fragment: an address would tell the browser's history which questions were shown.
  const show = (id, quietly) => {
    const step = steps.find((one) => one.id === id || one.querySelector(`#${CSS.escape(id)}`));
    const reviewing = !step;
    check.classList.toggle("on", reviewing);
    for (const one of steps) {
      const stays = one.matches(".now.from");
      one.classList.toggle("now", one === step);
      one.classList.toggle("from", one === step && (stays || id === `c${one.id}`)); // "Change this" leads back to the check
    }
    for (const row of form.querySelectorAll(".rows > div")) row.classList.toggle("now", row.id === id);
    number();
    if (quietly) return;
    const place = reviewing ? check : step;
    const inside = ![place.id, `c${place.id}`].includes(id) && document.getElementById(id);
    const head = inside || place.querySelector(".warn, legend, h2, h1");
    if (!head.matches("input, textarea, select")) head.tabIndex = -1;
    place.scrollIntoView();
    head.focus({ preventScroll: true });
  };

  // A browser may write history to the device: it gets the number that the page shows, never the question.
  const trail = [];
  let at = 0;
  let here = location.pathname;
  const arrive = (id) => {
    show(id);
    entitle();
  };
  const entitle = () => {
    const head = check.classList.contains("on") ? check.querySelector("h1:not(.q3)") : form.querySelector(".step.now .count");
    const [said] = head ? head.innerText.split("\n") : [""];
    document.title = [said.trim(), form.dataset.title].filter(Boolean).join(" - ");
  };
  const move = (id) => {
    if (at && trail[at - 1] === id) { history.back(); return; }
    if ((history.state || {}).before) history.replaceState({ step: at }, "");
    at += 1;
    trail.splice(at, Infinity, id);
    history.pushState({ step: at }, "");
    arrive(id);
  };
  const begin = () => {
    const asked = location.hash.slice(1);
    const known = asked === "check" || steps.some((step) => step.id === asked);
    trail[0] = check.classList.contains("on") ? "check" : known ? asked : steps[0].id;
    // A place under the first step: Back from there asks before answers that are not sent are wiped (sending.js).
    if (!history.state) {
      history.replaceState({ before: true }, "", here + location.search);
      history.pushState({ step: 0 }, "");
    }
    history.replaceState({ step: 0 }, "", here + location.search);
    show(trail[0], trail[0] === steps[0].id);
    if (!check.classList.contains("on")) entitle();
  };

  const go = (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || link.closest("[data-inside]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.hash.slice(1);
    if (id === "main") document.getElementById("main").focus();
    else move(id);
  };

  // "None of these" and its like stand alone.
  const leaveAlone = ({ target }) => {
    const field = target.closest("form.ask fieldset");
    if (!field || !target.checked) return;
    const alone = (input) => "alone" in input.dataset && !input.closest(".rows");
    for (const other of field.querySelectorAll("input:checked")) {
      if (other !== target && (alone(target) || alone(other))) other.checked = false;
    }
    if (target.type === "radio") offerToClear(field);
  };
  const renumber = ({ target }) => {
    if (form.contains(target) && !check.classList.contains("on")) {
      number();
      entitle();
    }
  };
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
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    field.append(button);
  };

  find();
  if (!steps.length) return;
  begin();
  document.addEventListener("click", go);
  document.addEventListener("change", leaveAlone);
  document.addEventListener("change", renumber);
  document.addEventListener("words:swapped", () => {
    here = location.pathname;
    find();
    show(trail[at], true);
  });
  addEventListener("popstate", ({ state }) => {
    if (!state || !("step" in state)) return;
    at = trail[state.step] ? state.step : 0;
    if (location.pathname !== here) history.replaceState(state, "", here + location.search);
    arrive(trail[at]);
  });
})();

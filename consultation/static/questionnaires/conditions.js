/* In the editor of a consultation: conditions are chosen by words. The ids stay underneath, in the fields themselves.
   Without this script the fields take ids. */
(function () {
  "use strict";

  const STRINGS = {
    choose: "Choose a question",
    gone: "(not in the survey any more)",
    none: "Choose the question first, then its answers show here.",
    nameless: "Question without words yet",
  };

  function named(name) {
    return document.getElementsByName(name)[0];
  }

  function value(name) {
    const field = named(name);
    return field ? field.value : "";
  }

  function children(prefix) {
    /* The children of a stream or a list, as they stand now: [{at, id, place}] */
    const found = [];
    const count = Number(value(`${prefix}-count`));
    for (let number = 0; number < count; number += 1) {
      const at = `${prefix}-${number}`;
      if (named(`${at}-id`) && !value(`${at}-deleted`)) {
        found.push({ at, id: value(`${at}-id`), place: Number(value(`${at}-order`)) });
      }
    }
    return found.sort((one, other) => one.place - other.place);
  }

  function streamOf(input) {
    const match = input.name.match(/^(.+?)-(\d+)-value-/);
    return match && { prefix: match[1], at: `${match[1]}-${match[2]}` };
  }

  function answersOf(at, input) {
    /* [[id, words]] that an answer to the question at `at` can have */
    const scale = JSON.parse(input.dataset.scales)[value(`${at}-type`)];
    const apart = Object.entries(JSON.parse(input.dataset.apart));
    const offered = { "dont-know": "dont_know", "rather-not": "rather_not" };
    const own = scale
      ? Object.entries(scale)
      : children(`${at}-value-options`).map((child) => [child.id, value(`${child.at}-value-text`)]);
    const kept = apart.filter(([id]) => {
      const box = named(`${at}-value-${offered[id]}`);
      return own.length > 0 && box && box.checked;
    });
    return own.concat(kept);
  }

  function earlier(input, scales) {
    /* The questions with choices that stand before the one that holds this condition */
    const stream = streamOf(input);
    const all = children(stream.prefix);
    const until = all.findIndex((child) => child.at === stream.at);
    return all.slice(0, until).filter((child) => answersOf(child.at, scales).length > 0);
  }

  function label(input) {
    const found = document.querySelector(`label[for="${input.id}"]`);
    return found ? found.textContent.replace("*", "").trim() : input.dataset.pick;
  }

  function changed(input, text) {
    if (input.value !== text) {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function option(id, words) {
    const element = document.createElement("option");
    element.value = id;
    element.textContent = words;
    return element;
  }

  function beside(input, tag) {
    const element = document.createElement(tag);
    element.dataset.picked = "";
    input.hidden = true;
    input.after(element);
    return element;
  }

  function drawQuestion(input) {
    const scales = named(input.name.replace(/question$/, "any_of"));
    if (!scales) return;
    let select = input.parentElement.querySelector("select[data-picked]");
    if (!select) {
      select = beside(input, "select");
      select.setAttribute("aria-label", label(input));
      select.addEventListener("change", () => changed(input, select.value));
    }
    const offers = earlier(input, scales).map((child) => [child.id, value(`${child.at}-value-text`) || STRINGS.nameless]);
    if (input.value && !offers.some(([id]) => id === input.value)) offers.push([input.value, STRINGS.gone]);
    const drawn = JSON.stringify([offers, input.value]);
    if (select.dataset.drawn === drawn) return;
    select.dataset.drawn = drawn;
    select.replaceChildren(option("", STRINGS.choose), ...offers.map(([id, words]) => option(id, words)));
    select.value = input.value;
  }

  function askedAt(input) {
    const stream = streamOf(input);
    if (input.dataset.pick === "own-answers") return stream.at;
    const id = value(input.name.replace(/any_of$/, "question"));
    const child = id && children(stream.prefix).find((one) => one.id === id);
    return child ? child.at : "";
  }

  function tick(input, id, words, chosen) {
    const line = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = chosen;
    box.value = id;
    line.append(box, ` ${words || id}`);
    const row = document.createElement("div");
    row.append(line);
    box.addEventListener("change", () => {
      const boxes = row.parentElement.querySelectorAll("input:checked");
      changed(input, Array.from(boxes, (one) => one.value).join(", "));
    });
    return row;
  }

  function drawAnswers(input) {
    const box = input.parentElement.querySelector("fieldset[data-picked]") || beside(input, "fieldset");
    const at = askedAt(input);
    const offers = at ? answersOf(at, input) : [];
    const chosen = input.value.split(/[\s,;]+/).filter(Boolean);
    chosen.filter((id) => !offers.some((offer) => offer[0] === id)).forEach((id) => offers.push([id, `${id} ${STRINGS.gone}`]));
    const drawn = JSON.stringify([offers, chosen]);
    if (box.dataset.drawn === drawn) return;
    box.dataset.drawn = drawn;
    const held = box.contains(document.activeElement) ? document.activeElement.value : null;
    const legend = document.createElement("legend");
    legend.textContent = label(input);
    legend.className = "w-sr-only";
    const rows = offers.map(([id, words]) => tick(input, id, words, chosen.includes(id)));
    if (!rows.length) rows.push(document.createTextNode(STRINGS.none));
    box.replaceChildren(legend, ...rows);
    if (held !== null) Array.from(box.querySelectorAll("input")).find((one) => one.value === held)?.focus();
  }

  function draw() {
    document.querySelectorAll('input[data-pick="question"]').forEach(drawQuestion);
    document.querySelectorAll('input[data-pick$="answers"]').forEach(drawAnswers);
  }

  let waiting = 0;
  function soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(draw, 150);
  }

  function start() {
    if (!document.querySelector("[data-edit-form], form")) return;
    document.addEventListener("input", soon);
    document.addEventListener("change", soon);
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
    soon();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

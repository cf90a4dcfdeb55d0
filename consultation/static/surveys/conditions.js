/* In the editor of a consultation: conditions are chosen by words. The ids stay underneath, in the fields themselves.
   Without this script the fields take ids. */
(function () {
  "use strict";

  const STRINGS = {
    choose: "Choose a question",
    gone: "(not in the survey any more)",
    none: "Choose the question first, then its answers show here.",
    nameless: "Question without words yet",
    shown: "Show if",
    not: "not ",
    lost: "waits for a question that was deleted. Open it and choose another question, or remove the condition.",
    and: "and",
    or: "or",
  };
  // What is typed cannot be waited for; of some questions a person can choose several answers.
  const TYPED = ["short_text", "long_text", "number", "month", "section"];
  const SEVERAL = ["multiple", "ranking", "grid"];

  // What one drawing reads again and again: a long survey has thousands of fields, and looking for each anew took minutes.
  let fields = new Map();
  let known = new Map();

  function look() {
    fields = new Map();
    known = new Map();
    document.querySelectorAll("input[name], select[name], textarea[name]").forEach((field) => {
      if (!fields.has(field.name)) fields.set(field.name, field);
    });
    window.consultationQuestions?.fields(fields);
  }

  function once(name, make) {
    if (!known.has(name)) known.set(name, make());
    return known.get(name);
  }

  function named(name) {
    return fields.get(name);
  }

  function value(name) {
    const field = named(name);
    return field ? field.value : "";
  }

  function children(prefix) {
    /* The children of a stream or a list, as they stand now: [{at, id, place}] */
    return once(`children ${prefix}`, () => childrenNow(prefix));
  }

  function childrenNow(prefix) {
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

  function ticked(name) {
    const box = named(name);
    return Boolean(box && box.checked);
  }

  function ownAnswers(at, input) {
    const type = value(`${at}-type`);
    const fixed = JSON.parse(input.dataset.scales)[type];
    const bands = type === "about" && JSON.parse(input.dataset.bands)[value(`${at}-value-bands`)];
    if (fixed || bands) return Object.entries(fixed || {}).concat(bands || []);
    if (type === "slider") {
      const low = Number(value(`${at}-value-low`));
      const steps = Math.min(Number(value(`${at}-value-high`)) - low, 10);
      return Array.from({ length: Math.max(steps + 1, 0) }, (_, step) => [`${low + step}`, `${low + step}`]);
    }
    return children(`${at}-value-options`).map((child) => [child.id, value(`${child.at}-value-text`)]);
  }

  function answersOf(at, input) {
    /* [[id, words]] that an answer to the question at `at` can have; none where nothing can wait for it */
    return once(`${input.dataset.pick} ${at}`, () => answersNow(at, input)).slice();
  }

  function answersNow(at, input) {
    const waited = input.dataset.pick !== "answers" || !ticked(`${at}-value-apart`);
    if (TYPED.includes(value(`${at}-type`)) || !waited) return [];
    const own = ownAnswers(at, input);
    const offered = { "dont-know": "dont_know", "rather-not": "rather_not" };
    const kept = Object.entries(JSON.parse(input.dataset.apart)).filter(([id]) => ticked(`${at}-value-${offered[id]}`));
    return own.length ? own.concat(kept) : [];
  }

  function takesSeveral(at) {
    return SEVERAL.includes(value(`${at}-type`)) || ticked(`${at}-value-several`);
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
    // Out of sight, and out of the way of Tab; whoever focuses it (its label, a new block) means what stands beside it.
    input.classList.add("w-sr-only");
    input.tabIndex = -1;
    input.setAttribute("aria-hidden", "true");
    const instead = () => (element.matches("select") ? element : element.querySelector("input"))?.focus();
    input.addEventListener("focus", instead);
    input.after(element);
    if (document.activeElement === input) window.setTimeout(instead);
    return element;
  }

  function drawQuestion(input) {
    const scales = named(input.name.replace(/question$/, "any_of"));
    if (!scales) return;
    let select = input.parentElement.querySelector("select[data-picked]");
    if (!select) {
      select = beside(input, "select");
      select.setAttribute("aria-label", label(input));
      select.addEventListener("change", () => {
        changed(input, select.value);
        draw(); // at once: the answers are the next thing that Tab comes to
      });
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

  function drawHow(select) {
    /* "Includes all of" makes sense where people can choose several */
    const at = askedAt({ name: select.name.replace(/how$/, "any_of"), dataset: {} });
    const all = select.querySelector('option[value="all_of"]');
    const off = Boolean(at) && !takesSeveral(at) && select.value !== "all_of";
    if (all.disabled !== off) all.disabled = off;
  }

  function sentence(prefix) {
    /* The rule at `prefix` in words, as far as it is finished */
    const parts = children(`${prefix}-of`).map(({ at }) => {
      if (value(`${at}-type`) !== "group") return inWords(`${at}-value`);
      const inner = sentence(`${at}-value`);
      return inner.length > 1 ? `(${said(inner, `${at}-value`)})` : inner[0];
    });
    return parts.filter(Boolean);
  }

  function said(parts, prefix) {
    return parts.join(value(`${prefix}-join`) === "all" ? `, ${STRINGS.and} ` : `, ${STRINGS.or} `);
  }

  function inWords(at) {
    const input = named(`${at}-any_of`);
    const asked = input && askedAt(input);
    if (!asked) return "";
    const chosen = input.value.split(/[\s,;]+/).filter(Boolean);
    const words = answersOf(asked, input).filter(([id]) => chosen.includes(id)).map((offer) => offer[1]);
    const how = value(`${at}-how`) || "any_of";
    if (!words.length) return "";
    const between = how === "all_of" ? ` ${STRINGS.and} ` : ` ${STRINGS.or} `;
    const quoted = words.map((word) => `“${word}”`).join(between);
    return `${how === "none_of" ? STRINGS.not : ""}${quoted} to question ${numberOf(asked)}`;
  }

  function numberOf(at) {
    /* As people see it: parts are not counted */
    const questions = children(at.replace(/-\d+$/, "")).filter((child) => value(`${child.at}-type`) !== "section");
    return questions.findIndex((child) => child.at === at) + 1;
  }

  function drawLost() {
    /* Said at once, where the questions begin: conditions on a question that is not there any more */
    const stream = named("body-count");
    if (!stream) return;
    const all = children("body");
    const ids = new Set(all.map((child) => child.id));
    const waiting = all.filter((child) => {
      const own = [...fields.keys()].filter((name) => name.startsWith(`${child.at}-value-show_if-`) && name.endsWith("-question"));
      const kept = own.filter((name) => !deleted(name));
      return kept.some((name) => value(name) && !ids.has(value(name)));
    });
    let box = document.querySelector("[data-lost]");
    if (!box) {
      box = document.createElement("div");
      box.dataset.lost = "";
      box.setAttribute("role", "alert");
      stream.parentElement.prepend(box);
    }
    const drawn = JSON.stringify(waiting.map((child) => [child.id, value(`${child.at}-value-text`)]));
    if (box.dataset.drawn === drawn) return;
    box.dataset.drawn = drawn;
    box.replaceChildren(...waiting.map(lost));
  }

  function deleted(name) {
    /* A condition, or the group that it is in, that was removed */
    const parts = [...name.matchAll(/-of-\d+/g)].map((match) => name.slice(0, match.index + match[0].length));
    return parts.some((at) => value(`${at}-deleted`));
  }

  function lost(child) {
    const line = document.createElement("p");
    line.className = "lost-note";
    line.dataset.kind = "stop";
    const words = value(`${child.at}-value-text`) || STRINGS.nameless;
    const link = document.createElement("a");
    link.href = `#block-${child.id}-section`;
    link.textContent = `“${words}”`;
    link.addEventListener("click", () => window.consultationQuestions?.openAt(child.id));
    line.append(link, ` ${STRINGS.lost}`);
    return line;
  }

  function drawJoin(select) {
    /* How conditions belong together matters from two on; the whole rule is said in words below it */
    const prefix = select.name.replace(/-join$/, "");
    const field = select.closest('[data-contentpath="join"]');
    const alone = children(`${prefix}-of`).length < 2;
    if (field && field.hidden !== alone) field.hidden = alone;
    if (!/-show_if$/.test(prefix)) return;
    const box = select.closest('[data-contentpath="show_if"]');
    let line = box.querySelector("p[data-picked]");
    if (!line) {
      line = document.createElement("p");
      line.dataset.picked = "";
      line.className = "help";
      box.append(line);
    }
    const parts = sentence(prefix);
    const words = parts.length ? `${STRINGS.shown} ${said(parts, prefix)}.` : "";
    if (line.textContent !== words) line.textContent = words;
  }

  function draw() {
    look();
    document.querySelectorAll('input[data-pick="question"]').forEach(drawQuestion);
    document.querySelectorAll('input[data-pick$="answers"]').forEach(drawAnswers);
    document.querySelectorAll('select[name$="-how"]').forEach(drawHow);
    document.querySelectorAll('select[name$="-join"]').forEach(drawJoin);
    drawLost();
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

/* In the editor of a consultation: how hard words are and how long they take while they are typed (the server measures,
   by the rules of a save), and a box that takes choices line by line. Without this script the checks say it after a save. */
(function () {
  "use strict";

  const LONGEST = 120; // letters of a choice
  const LISTED = ["single", "multiple", "ranking", "grid", "area", "about"];
  const READ = /-value-(text|easy|hint|hint_easy|why|body|body_easy)$/;
  const OWN = ["summary", "summary_easy", "can_change", "can_change_easy", "cannot_change", "cannot_change_easy"];

  function field(name) {
    return document.getElementsByName(name)[0];
  }

  /* ---- words as they are typed ---- */

  function allFields() {
    const found = new Map();
    document.querySelectorAll('[name^="body-"]').forEach((one) => found.set(one.name, one));
    window.consultationQuestions?.fields(found);
    return found;
  }

  function value(fields, name) {
    return fields.get(name)?.value || "";
  }

  function children(fields, prefix) {
    const found = [];
    for (let number = 0; number < Number(value(fields, `${prefix}-count`)); number += 1) {
      const at = `${prefix}-${number}`;
      if (fields.has(`${at}-order`) && !value(fields, `${at}-deleted`)) found.push(at);
    }
    return found;
  }

  function entries() {
    /* Each question by what its length rests on: see measuring.py */
    const fields = allFields();
    return children(fields, "body").map((at) => {
      const own = ["text", "hint", "body", "low_label", "high_label"].map((name) => value(fields, `${at}-value-${name}`));
      const rows = children(fields, `${at}-value-rows`);
      const parts = rows.concat(children(fields, `${at}-value-options`)).map((part) => value(fields, `${part}-value-text`));
      const entry = { type: value(fields, `${at}-type`), bands: value(fields, `${at}-value-bands`), rows: rows.length };
      return { ...entry, text: own.concat(parts).join(" ") };
    });
  }

  function line(input) {
    /* Below the field, and read out when it changes */
    const box = input.closest("[data-field]") || input.parentElement;
    let said = box.querySelector("[data-measured]");
    if (!said) {
      said = document.createElement("p");
      said.className = "help";
      said.dataset.measured = "";
      said.setAttribute("aria-live", "polite");
      box.append(said);
    }
    return said;
  }

  const typed = new Map();
  let waiting = 0;

  async function measure() {
    const panel = document.querySelector("[data-measure]");
    const texts = Object.fromEntries([...typed].map(([name, input]) => [name, input.value]));
    const asked = { children: field("audience")?.value === "children-young-people", texts, entries: entries() };
    const inputs = new Map(typed);
    typed.clear();
    const answer = await fetch(panel.dataset.measure, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": field("csrfmiddlewaretoken").value },
      body: JSON.stringify(asked),
    });
    if (!answer.ok || answer.redirected) return; // signed out meanwhile: the save says so
    const found = await answer.json();
    inputs.forEach((input, name) => {
      const said = line(input);
      if (said.textContent !== found.texts[name]) said.textContent = found.texts[name];
    });
    panel.querySelector("[data-minutes]").textContent = found.minutes;
  }

  function soon(event) {
    const input = event.target;
    if (!input.name || !(READ.test(input.name) || OWN.includes(input.name) || /^body-/.test(input.name))) return;
    if (READ.test(input.name) || OWN.includes(input.name)) typed.set(input.name, input);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => measure().catch(() => {}), 500);
  }

  /* ---- choices line by line ---- */

  function button(words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = words;
    return made;
  }

  function texts(prefix) {
    /* The inputs of the choices that are there */
    return [...document.querySelectorAll(`[name^="${CSS.escape(prefix)}-"][name$="-value-text"]`)].filter((input) => {
      const at = input.name.replace(/-value-text$/, "");
      return /^-\d+$/.test(at.slice(prefix.length)) && !field(`${at}-deleted`)?.value;
    });
  }

  function sorted(lines, there) {
    /* What can be taken, and what is left out with the reason */
    const known = new Set(there.map((text) => text.trim().toLowerCase()).filter(Boolean));
    const taken = [];
    const left = [];
    lines.split(/\r?\n/).map((text) => text.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, "").trim()).filter(Boolean).forEach((text) => {
      if (text.length > LONGEST) left.push(`“${text.slice(0, 40)}…” (${text.length} letters, and ${LONGEST} is the most)`);
      else if (known.has(text.toLowerCase())) left.push(`“${text}” (it is there already)`);
      else taken.push(text);
      known.add(text.toLowerCase());
    });
    return { taken, left };
  }

  function write(input, text) {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(box, prefix, taken) {
    /* Into what stands empty first. Answers with what takes it back, but for what was changed since; how many stay. */
    const undo = [];
    taken.forEach((text) => {
      let input = texts(prefix).find((one) => !one.value.trim());
      if (input) {
        const emptied = input;
        undo.push(() => emptied.value === text && (write(emptied, ""), true));
      } else {
        const buttons = [...box.querySelectorAll("button[data-streamfield-list-add]")];
        buttons[buttons.length - 1].click();
        input = texts(prefix).find((one) => !one.value.trim());
        const added = input;
        undo.push(() => added.value === text && (remove(added), true));
      }
      write(input, text);
    });
    return () => undo.reverse().filter((one) => !one()).length;
  }

  function remove(input) {
    let child = input.parentElement;
    while (child && !child.querySelector('[data-streamfield-action="DELETE"]')) child = child.parentElement;
    child?.querySelector('[data-streamfield-action="DELETE"]').click();
  }

  function drawPaste(count) {
    const prefix = count.name.replace(/-count$/, "");
    const box = count.closest('[data-contentpath="options"], [data-contentpath="rows"]');
    const type = field(prefix.replace(/-value-(options|rows)$/, "-type"))?.value;
    if (!box || box.querySelector("[data-paste]") || !LISTED.includes(type)) return;
    const kind = prefix.endsWith("-rows") ? "rows" : "choices";
    const details = document.createElement("details");
    details.dataset.paste = "";
    details.className = "paste-choices";
    const summary = document.createElement("summary");
    summary.textContent = `Paste ${kind}, one in a line`;
    const area = document.createElement("textarea");
    area.rows = 6;
    area.setAttribute("aria-label", `${kind === "rows" ? "Rows" : "Choices"}, one in a line`);
    const go = button(`Add these ${kind}`);
    const back = button("Undo");
    back.hidden = true;
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    details.append(summary, area, go, " ", back, said);
    box.append(details);

    let undo = null;
    go.addEventListener("click", () => {
      const { taken, left } = sorted(area.value, texts(prefix).map((one) => one.value));
      undo = add(box, prefix, taken);
      const out = left.length ? ` Left out: ${left.join("; ")}.` : "";
      said.textContent = `${taken.length} added.${out}`;
      back.hidden = !taken.length;
      area.value = "";
    });
    back.addEventListener("click", () => {
      const stay = undo();
      back.hidden = true;
      said.textContent = stay ? `Taken out again, but for ${stay} that you changed since.` : "They are taken out again.";
      area.focus();
    });
  }

  function goOn(event) {
    /* Enter in a choice or a row goes to the next, and makes it: it would send the form */
    const match = event.key === "Enter" && event.target.name?.match(/^(.+-value-(?:options|rows))-\d+-value-text$/);
    if (!match) return;
    event.preventDefault();
    const there = texts(match[1]);
    const next = there[there.indexOf(event.target) + 1];
    const adders = event.target.closest('[data-contentpath="options"], [data-contentpath="rows"]').querySelectorAll("button[data-streamfield-list-add]");
    if (next) next.focus();
    else adders[adders.length - 1].click();
  }

  let drawing = 0;
  function draw() {
    window.clearTimeout(drawing);
    drawing = window.setTimeout(() => {
      document.querySelectorAll('[name^="body-"][name$="-options-count"], [name^="body-"][name$="-rows-count"]').forEach(drawPaste);
    }, 100);
  }

  function start() {
    if (!document.querySelector("[data-measure]")) return;
    document.addEventListener("input", soon);
    document.addEventListener("keydown", goOn);
    new MutationObserver(draw).observe(document.querySelector("form[data-edit-form]") || document.body, { childList: true, subtree: true });
    draw();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

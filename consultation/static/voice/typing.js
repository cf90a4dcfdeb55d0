/* Typing in paper forms by keyboard. Without this file every field still works: Tab goes on, Enter shows what was typed. */
"use strict";

(() => {
  const form = document.getElementById("typing-form");
  if (!form) return;
  const place = document.getElementById("place");
  const fields = () => [...form.querySelectorAll(".typed :is(input, textarea)")];
  const codesOf = (field) => (field.dataset.codes || "").split(" ").filter(Boolean);
  const AWAY = 4 * 60 * 1000;
  let sent = false;
  let heard = Date.now();

  /* The signs in a field: as the server splits them, see paper/codes.py. */
  function signs(field) {
    const codes = codesOf(field);
    const width = Math.max(1, ...codes.map((code) => code.length));
    return field.value.toLowerCase().replace(/,/g, " ").split(/\s+/).filter(Boolean).flatMap((run) => {
      if (codes.includes(run)) return [run];
      if (width > 1 && !/^[a-z]+$/.test(run)) return run.match(new RegExp(`.{1,${width}}`, "g"));
      return [...run];
    });
  }

  /* Mark in the list what is typed, so that a slip is seen before it is saved. */
  function mark(question) {
    const rows = [...question.querySelectorAll("output")];
    rows.forEach((row) => { row.textContent = signs(row.previousElementSibling).map((sign) => wordsOf(question, sign)).join(", "); });
    const all = rows.length ? [] : [...question.querySelectorAll("[data-codes]")].flatMap(signs);
    question.querySelectorAll("[data-code]").forEach((item) => {
      const on = all.includes(item.dataset.code);
      item.classList.toggle("on", on);
      item.querySelector(".tick").textContent = on ? ", ticked" : "";
    });
  }

  function wordsOf(question, sign) {
    const item = question.querySelector(`[data-code="${CSS.escape(sign)}"] [lang]`);
    return item ? item.textContent : sign;
  }

  function go(field, step) {
    const all = fields();
    const next = all[all.indexOf(field) + step];
    if (next) { next.focus(); if (next.select && next.tagName === "INPUT") next.select(); return; }
    if (step > 0) document.getElementById("save").focus();
  }

  /* One sign that says all: the page goes on by itself. A scale with a 10 waits after its 1. */
  function complete(field) {
    const value = field.value.trim().toLowerCase();
    if (value === "." || value === "?") return true;
    const codes = [...codesOf(field), ...(field.dataset.places || "").split(" ")].filter(Boolean);
    return codes.includes(value) && !codes.some((code) => code !== value && code.startsWith(value));
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.closest(".typed") || event.altKey || event.metaKey || event.isComposing) return;
    const words = field.tagName === "TEXTAREA";
    if (event.key === "Enter" && (words ? event.ctrlKey : !event.ctrlKey)) { event.preventDefault(); go(field, 1); return; }
    if (words || event.ctrlKey || event.shiftKey) return;
    if (event.key === "ArrowDown") { event.preventDefault(); go(field, 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); go(field, -1); }
  });

  form.addEventListener("input", (event) => {
    const field = event.target;
    const question = field.closest(".typing-question");
    if (!question) return;
    mark(question);
    if (field.hasAttribute("data-one") && !event.isComposing && event.inputType !== "deleteContentBackward" && complete(field)) go(field, 1);
    stay();
  });

  /* Typing is being here: a long page of writing must not end in the sign-in page. */
  function stay() {
    if (Date.now() - heard < AWAY) return;
    heard = Date.now();
    fetch(location.href, { method: "HEAD" }).catch(() => {});
  }

  form.addEventListener("focusin", (event) => {
    const question = event.target.closest(".typing-question");
    if (question) place.querySelector("b").textContent = question.dataset.number;
  });

  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });

  const begun = () => fields().some((field) => field.value !== field.defaultValue);
  addEventListener("beforeunload", (event) => { if (!sent && begun()) event.preventDefault(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  place.hidden = false;
  form.querySelectorAll(".typing-question").forEach(mark);
  const first = form.querySelector("[aria-invalid=true]") || fields()[0];
  if (first && !document.getElementById("wrong")) first.focus();
  if (document.getElementById("wrong")) (form.querySelector("[aria-invalid=true]") || document.getElementById("wrong")).focus();
})();

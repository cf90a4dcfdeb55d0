// The same survey in another language: its words are fetched, the answers stay in the page. Nothing typed is sent.

const CHECKED = ["checkbox", "radio"];

// A control is the same one in both pages when its name is, and among boxes its value too.
const called = (control) => (CHECKED.includes(control.type) ? `${control.name}=${control.value}` : control.name);

// The token says which version these answers answer; it is the only thing that goes along.
const fetchPage = async (link, form) => {
  const headers = { "Form-Token": form.elements.token.value };
  const answer = await fetch(link.dataset.words, { headers, credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("form.ask")) throw new Error("closed");
  return page;
};

const carryAnswers = (from, to) => {
  const old = new Map([...from.elements].filter(({ name }) => name).map((control) => [called(control), control]));
  for (const control of to.elements) {
    const twin = old.get(called(control));
    if (!twin) continue;
    if (CHECKED.includes(control.type)) control.checked = twin.checked;
    else control.value = twin.value;
  }
};

// After an error: the same problems, in the words that the page holds ready for every language.
const carryProblems = (from, to, language) => {
  const ready = from.querySelectorAll("template[data-problems]");
  const mine = [...ready].find((one) => one.dataset.problems === language);
  if (!mine) return;
  const shown = mine.content.cloneNode(true);
  for (const problem of shown.querySelectorAll("a[href^='#q']")) {
    const place = to.querySelector(`${problem.getAttribute("href")} .hint`);
    if (!place) continue;
    const beside = document.createElement("p");
    beside.className = "you warn";
    beside.id = `${problem.getAttribute("href").slice(1)}-e`;
    beside.textContent = problem.querySelector("span").textContent;
    place.before(beside);
    const control = place.closest(".step").querySelector("textarea, .text, fieldset");
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${beside.id}`.trim());
  }
  const check = to.querySelector("#check");
  check.prepend(shown);
  check.prepend(...[...ready].map((one) => one.cloneNode(true)));
};

const announce = (native) => {
  const holder = document.getElementById("languages");
  holder.querySelector("summary").focus();
  const told = holder.querySelector("[role=status]");
  setTimeout(() => { told.textContent = told.dataset.now.replace("…", native); }, 100); // after the focus was read out
};

export const change = async (link) => {
  const form = document.querySelector("form.ask");
  const language = link.hreflang;
  const native = link.textContent;
  const page = await fetchPage(link, form);
  const fresh = page.querySelector("form.ask");
  carryAnswers(form, fresh);
  carryProblems(form, fresh, language);
  const inside = document.querySelector("[data-inside]"); // help that is open, and what is typed in it
  if (inside && inside.childElementCount) page.querySelector("[data-inside]").replaceWith(inside);
  for (const script of page.querySelectorAll("script")) script.remove();
  fresh.setAttribute("action", new URL(form.action).pathname.replace(/^\/[^/]+/, `/${language}`));
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.title = page.title;
  document.body.textContent = "";
  document.body.append(...page.body.childNodes);
  history.replaceState(history.state, "", new URL(link.href).pathname + location.search);
  document.dispatchEvent(new Event("words:swapped"));
  announce(native);
};

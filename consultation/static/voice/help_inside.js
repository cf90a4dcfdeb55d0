// A page of help inside the survey's panel. Each stays once it came, so that a form that waits for a signal is not lost.

const asked = new Map(); // {address: its page, on its way or here}

const take = async (address, options) => {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  if (![200, 422].includes(answer.status)) throw new Error(answer.status);
  return answer.text();
};

export const ask = ({ href }) => {
  if (!asked.has(href)) {
    const page = take(href);
    page.catch(() => asked.delete(href));
    asked.set(href, page);
  }
  return asked.get(href);
};

const loadStyles = (page) => {
  for (const { href } of page.querySelectorAll("link[rel=stylesheet]")) {
    const { pathname } = new URL(href);
    if (pathname.startsWith("/look/") || document.querySelector(`link[href="${pathname}"]`)) continue;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = pathname;
    document.head.append(sheet);
  }
};

const fill = (section, html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.getElementById("main");
  loadStyles(page);
  for (const one of main.querySelectorAll("[data-outside], [data-without-script]")) one.remove();
  for (const link of main.querySelectorAll("a[href]")) {
    if (!link.protocol.startsWith("http") || link.getAttribute("href").startsWith("#")) continue;
    link.target = "_blank";
    link.rel = "noreferrer noopener";
  }
  section.replaceChildren(...main.childNodes);
  const head = section.querySelector("[role=alert], h1");
  head.tabIndex = -1;
  head.focus();
  head.scrollIntoView({ block: "nearest" });
};

const sectionOf = (holder, path) => {
  const known = [...holder.children].find((one) => one.dataset.path === path);
  if (known) return known;
  const made = document.createElement("section");
  made.dataset.path = path;
  made.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']"); // to a field with a problem: the address stays
    if (!link) return;
    event.preventDefault();
    made.querySelector(link.hash).focus();
  });
  made.addEventListener("page:came", ({ detail }) => fill(made, detail));
  made.addEventListener("submit", async (event) => {
    const { target: form } = event;
    if (form.matches("[data-sends]")) return; // sending.js
    event.preventDefault();
    fill(made, await take(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) }));
  });
  return made;
};

export const open = async (holder, link) => {
  const section = sectionOf(holder, link.pathname);
  const html = section.childElementCount ? "" : await ask(link);
  if (!section.isConnected) {
    if (!holder.childElementCount) holder.textContent = "";
    holder.append(section);
  }
  for (const one of holder.children) one.hidden = one !== section;
  if (html) fill(section, html);
  else section.querySelector("[role=alert], h1").focus();
};

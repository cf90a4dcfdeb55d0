/* What the reading desk and the coding desk share: saying what changed, sending a form, single keys on and off. */
"use strict";

const answerDesk = (() => {
  const LOST = "The site did not reply. Nothing on this page is lost. Press again when you are connected.";
  const byId = (id) => document.getElementById(id);
  const main = () => byId("main");
  const voice = document.createElement("p"); /* says what changed to those who do not see it */

  function say(text) {
    voice.textContent = "";
    setTimeout(() => { voice.textContent = text; }, 30);
  }

  function complain(text) {
    const old = byId("error");
    if (old) old.remove();
    const box = document.createElement("div");
    box.className = "wrong";
    box.id = "error";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    main().prepend(box);
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    box.scrollIntoView({ block: "nearest" });
  }

  /* The reply, or null once it was said what went wrong. `expected`: statuses of a page that says so itself. */
  async function post(address, data, { expected, broken, signedOut }) {
    let reply;
    try {
      reply = await fetch(address, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(20000) });
    } catch (error) { complain(LOST); return null; }
    if (new URL(reply.url).pathname.startsWith("/accounts/")) { signedOut(); return null; }
    if (!reply.ok && !expected.includes(reply.status)) { complain(broken); return null; }
    return reply;
  }

  function showSwitchedKeys() {
    const off = byId("work").toggleAttribute("data-keys-off");
    byId("keys-switch").setAttribute("aria-pressed", String(!off));
    byId("keys-switch").textContent = `Single keys are ${off ? "off" : "on"}`;
    say(`Single keys are ${off ? "off" : "on"}`);
  }

  /* A page that comes back from the browser's memory would show what was decided or chosen meanwhile. */
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  return { byId, main, say, complain, post, showSwitchedKeys };
})();

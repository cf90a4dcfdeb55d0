/* In the editor of a consultation: the steps are asked for again after each save. Without this script they are as they
   were when the page opened. */
(function () {
  "use strict";

  let asked = 0;

  async function again(event) {
    const panel = document.querySelector("[data-guide]");
    const list = panel && panel.querySelector("[data-guide-list]");
    if (!list) return;
    const made = event.detail?.response?.pk; // a page that was not there before this save has number 0
    if (made) panel.dataset.guide = panel.dataset.guide.replace("/0/", `/${made}/`);
    if (panel.dataset.guide.includes("/0/")) return;
    asked += 1;
    const mine = asked;
    const answer = await fetch(panel.dataset.guide, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || mine !== asked) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...parsed.body.childNodes);
  }

  document.addEventListener("w-autosave:success", again);
})();

// Help and the contact form open inside the survey, so that no answer is lost. Their code and their pages come when help
// is opened, before they are asked for: the signal may be dying.
"use strict";
(() => {
  const holder = () => document.querySelector("[data-inside]");
  const links = () => [...holder().parentElement.querySelectorAll(":scope > p > a[target]")];
  const part = () => import(holder().dataset.part);

  document.addEventListener("toggle", ({ target }) => {
    if (holder() && target.open && target.contains(holder())) part().then(({ ask }) => links().map(ask)).catch(() => {});
  }, true);

  document.addEventListener("click", async (event) => {
    const link = holder() && event.target.closest("a[target]");
    if (!link || !holder().parentElement.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin !== location.origin) return;
    event.preventDefault();
    try {
      await (await part()).open(holder(), link);
    } catch {
      holder().setAttribute("role", "status");
      if (!holder().childElementCount) holder().textContent = holder().dataset.lost;
    }
  });
})();

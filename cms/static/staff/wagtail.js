// Wagtail's admin writes small scripts into its pages, which our policy does not run. In their place our templates put
// <template data-start="InlinePanel" data-with="[...]">, and this starts what it names: a control of Wagtail's, no other.
"use strict";
(() => {
  const PATIENCE = 30000;
  const MADE = /^(InlinePanel|MultipleChooserPanel|\w*Chooser)$/;

  function start(marker) {
    const name = marker.dataset.start;
    const given = JSON.parse(marker.dataset.with);
    marker.removeAttribute("data-start");
    if (MADE.test(name)) new window[name](...given);
  }

  function within(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("template[data-start]")) start(node);
    else node.querySelectorAll("template[data-start]").forEach(start);
  }

  // A form that was sent waits for its new page: what is typed into the old one would be gone with it.
  const form = () => document.querySelector("form[data-edit-form]");
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    setTimeout(() => {
      if (event.defaultPrevented) return;
      event.target.inert = true;
      setTimeout(() => { event.target.inert = false; }, PATIENCE); // no page came: nothing typed so far is lost
    });
  });
  window.addEventListener("pageshow", () => form() && (form().inert = false));

  // While the page is read, and for what the editor adds later: a panel, a dialog.
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(within))).observe(document, {
    childList: true,
    subtree: true,
  });
})();

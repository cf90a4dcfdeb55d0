/* The leads' board by keyboard. Everything here is also a button or a link: without this file nothing is lost. */
"use strict";

(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
  const error = document.getElementById("error");
  if (error) error.focus();

  /* Arrows go where they point: along a lane from item to item, across from lane to lane. C claims the one in focus. */
  const isRow = (list) => getComputedStyle(list).gridTemplateColumns.includes(" ");

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
    const items = [...document.querySelectorAll(".board .item")];
    if (!items.length) return;
    const at = items.indexOf(document.activeElement.closest(".item"));
    if (event.key.toLowerCase() === "c" && at >= 0) {
      const claim = items[at].querySelector(".claim");
      if (claim) claim.click();
      return;
    }
    const lane = at >= 0 ? items[at].closest(".lane") : null;
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const [step, side] = lane && isRow(lane.querySelector("ul")) ? [right, down] : [down, right];
    if (!step && !side) return;
    let to = items[Math.max(0, at + (step || 0))];
    if (side && lane) {
      const lanes = [...document.querySelectorAll(".lane")].filter((each) => each.querySelector(".item"));
      const next = lanes[lanes.indexOf(lane) + side];
      to = next ? next.querySelector(".item") : items[at];
    }
    event.preventDefault();
    if (to) (to.querySelector("a, button") || to).focus();
  }

  document.addEventListener("keydown", pressed);
  /* A page that comes back from the browser's memory would show what was decided meanwhile. */
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();

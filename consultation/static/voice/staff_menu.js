/* Closes the menu by Escape, and when the focus or a click goes elsewhere. Without this file: by its own button. */
"use strict";

(() => {
  const open = () => document.querySelector(".local details[open]");
  const leave = (event) => { if (open() && !open().contains(event.target)) open().open = false; };

  document.addEventListener("focusin", leave);
  document.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open()) return;
    const button = open().querySelector("summary");
    open().open = false;
    button.focus();
  });
})();

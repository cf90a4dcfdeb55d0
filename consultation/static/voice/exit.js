// Leave fast, and leave nothing behind on the screen. Without this script the exit is a plain link and still works.
// The page's words may be swapped for another language's (languages.js), so controls are looked up when they are used.
"use strict";
(() => {
  const exit = () => document.querySelector("a.exit");

  const clear = () => {
    for (const control of document.querySelectorAll("input:not([type=hidden]), textarea, select")) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else if (control.tagName === "SELECT") control.selectedIndex = -1;
      else control.value = "";
    }
  };

  // Blank first: the weather page may be slow, and someone may be at the door.
  const leave = () => {
    const { href } = exit();
    document.documentElement.hidden = true;
    document.title = "";
    clear();
    location.replace(href);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("a.exit") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });

  // Three times Shift with no other key between: a capital letter is not a wish to leave.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < 5000).concat(event.timeStamp);
    if (presses.length === 3 && exit()) leave();
  });

  document.addEventListener("keydown", (event) => {
    const help = event.key === "Escape" && document.querySelector(".bar details[open]");
    if (!help) return;
    help.open = false;
    help.querySelector("summary").focus();
  });

  // What is true with a script alone, and what is true without one.
  const tell = () => {
    for (const words of document.querySelectorAll("[data-with-script]")) words.hidden = false;
    for (const words of document.querySelectorAll("[data-without-script]")) words.hidden = true;
  };
  tell();
  document.addEventListener("words:swapped", tell);

  // Back must not bring the words up again for the next person.
  addEventListener("pagehide", clear);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();

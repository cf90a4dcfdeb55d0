/* Printing and copying what goes to another agency. Without this file: the browser's own print, and a text to select. */
"use strict";

(() => {
  document.querySelectorAll(".js[hidden]").forEach((element) => { element.hidden = false; });
  const error = document.getElementById("error");
  if (error) error.focus();

  const text = document.getElementById("as-text");
  const said = document.getElementById("copied");
  const print = document.getElementById("print-now");
  if (print) print.addEventListener("click", () => window.print());

  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied. Paste it where it belongs, then copy something else: the clipboard keeps it.";
    } catch {
      text.focus();
      text.select();
      said.textContent = "The text is selected. Copy it with your keyboard.";
    }
  }

  const button = document.getElementById("copy-now");
  if (button) button.addEventListener("click", copy);
})();

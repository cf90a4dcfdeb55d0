/* Copies a text with one press. Without this file: a text to select. */
"use strict";

(() => {
  const said = document.getElementById("copied");

  async function copy(event) {
    const text = document.getElementById(event.currentTarget.dataset.from);
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied. Paste it where it belongs.";
    } catch {
      text.focus();
      text.select();
      said.textContent = "The text is selected. Copy it with your keyboard.";
    }
  }

  document.querySelectorAll(".copy-text").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", copy);
  });
})();

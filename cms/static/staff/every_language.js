// "Select all" of the form that sends a page for translation.
"use strict";
document.querySelector("[name=select_all]").addEventListener("change", (event) => {
  for (const language of document.querySelectorAll("[name=locales]")) language.checked = event.target.checked;
});

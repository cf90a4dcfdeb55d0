// Words are never cut. In the last letters that there is room for, a field says how many more, and then how many too many.
"use strict";
(() => {
  const NEAR = 200;
  const timers = new WeakMap();

  const place = (field) => {
    if (field.nextElementSibling && field.nextElementSibling.matches(".left")) return field.nextElementSibling;
    const said = document.createElement("span");
    said.className = "left small";
    said.setAttribute("aria-live", "polite");
    field.after(said);
    return said;
  };
  const count = (field) => {
    const { left, over } = field.form.dataset;
    const room = field.dataset.most - [...field.value].length;
    if (room > NEAR && !(field.nextElementSibling || field).matches(".left")) return;
    place(field).textContent = room > NEAR ? "" : (room < 0 ? over : left).replace("{n}", Math.abs(room));
  };
  // A pause in the writing: someone who listens is not interrupted by every letter.
  document.addEventListener("input", ({ target }) => {
    if (!target.dataset.most) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(count, 400, target));
  });
})();

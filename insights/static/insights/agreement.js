// Finding a theme by its name, and saving, without leaving the keyboard. The page works without this.
const form = document.querySelector("[data-blind]");
const box = form.querySelector("[data-find]");
const find = box.querySelector("input");
const told = box.querySelector("[data-told]");
const themes = [...form.querySelectorAll("[data-theme]")];

function show() {
  const words = find.value.trim().toLowerCase();
  for (const theme of themes) {
    const ticked = theme.querySelector("input").checked;
    theme.hidden = words !== "" && !ticked && !theme.querySelector("label").textContent.toLowerCase().includes(words);
  }
  for (const family of form.querySelectorAll("[data-family]")) {
    family.hidden = ![...family.querySelectorAll("[data-theme]")].some((theme) => !theme.hidden);
  }
}

function tickFirst() {
  const words = find.value.trim().toLowerCase();
  const named = (theme) => theme.querySelector("label").firstChild.textContent.toLowerCase().includes(words);
  const shown = themes.filter((theme) => !theme.hidden && !theme.querySelector("input").checked);
  const theme = shown.find(named) || shown[0];
  if (!words || !theme) return;
  theme.querySelector("input").checked = true;
  told.textContent = theme.querySelector("label").firstChild.textContent + ": ticked";
  find.value = "";
  show();
}

box.hidden = false;
find.addEventListener("input", show);
find.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.value = ""; show(); }
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) form.requestSubmit();
    else tickFirst();
  }
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target !== find) form.requestSubmit();
});
find.focus();

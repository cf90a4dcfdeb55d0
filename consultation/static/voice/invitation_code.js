// A card's square carries its code behind the #, which no server and no log ever sees. It is filled in here, and taken
// out of the address at once, so that no history keeps it. Without this script the code is typed.
"use strict";
(() => {
  const field = document.getElementById("code");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z-]{9,14}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  field.value = code; // no focus: what is said before the first question stands above
})();

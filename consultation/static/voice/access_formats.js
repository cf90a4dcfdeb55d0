// Other ways to read: another language, or out loud. Their code comes only when used.
"use strict";
(() => {
  const part = (name) => document.getElementById(name);

  // The switches go along in addresses and forms: nothing is stored.
  const carry = (data) => ["easy", "letters"].map(part).forEach((one) => {
    if (one) one.checked ? data.set(one.name, "1") : data.delete(one.name);
  });
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.getAttribute("href")[0] === "#") return;
    const address = new URL(link.href);
    carry(address.searchParams);
    link.href = address;
  }, true);
  // Not on a shared tablet, for the next person.
  document.addEventListener("formdata", ({ formData }) => document.body.matches(".kiosk") || carry(formData));
  if (!part("languages") && !part("aloud")) return;

  // A network voice would show another computer what it reads.
  const base = (lang) => lang.toLowerCase().split(/[-_]/)[0];
  const voice = (language) => {
    const voices = "speechSynthesis" in window ? speechSynthesis.getVoices() : [];
    return voices.find(({ lang, localService }) => localService === true && base(lang) === base(language));
  };
  const offerVoice = () => {
    if (!part("aloud")) return;
    part("aloud").hidden = !voice(document.documentElement.lang);
    part("no-voice").hidden = !part("aloud").hidden;
  };
  offerVoice();
  if ("speechSynthesis" in window) speechSynthesis.onvoiceschanged = offerVoice; // older Safaris cannot listen to it
  document.addEventListener("words:swapped", offerVoice);

  const use = async (name, does) => {
    const holder = part(name);
    const told = holder.querySelector("[role=status]");
    told.textContent = "";
    try {
      await does(await import(holder.dataset.part));
    } catch {
      told.textContent = told.dataset.lost;
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#languages a[data-words]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain) {
      event.preventDefault();
      use("languages", ({ change }) => change(link));
    }
    if (event.target.closest("#aloud button")) use("aloud", ({ toggle }) => toggle(voice));
  });
})();

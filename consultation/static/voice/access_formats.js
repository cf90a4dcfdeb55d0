// Other ways to read: another language, or out loud. Their code comes only when used.
"use strict";
(() => {
  const part = (name) => document.getElementById(name);

  // The switches go along to the next page of ours, in its address or form: nothing is stored.
  const carry = (data) => {
    for (const name of ["easy", "letters"])
      if (part(name)?.checked) data.set(name, "1");
      else if (part(name)) data.delete(name);
  };
  const page = ({ href }) => href.split("#")[0];
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    if (!link || link.origin !== location.origin || page(link) === page(location)) return;
    const address = new URL(link.href);
    carry(address.searchParams);
    link.href = address;
  }, true);
  // Not on a shared tablet, for the next person.
  document.addEventListener("formdata", ({ formData }) => document.body.matches(".kiosk") || carry(formData));
  if (!part("languages") && !part("aloud")) return;

  // A voice that is on the device: what a network voice reads, someone else's computer gets to see.
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

// Other ways to read: another language, or read out loud by this device. Their code comes only when someone uses them.
"use strict";
(() => {
  const part = (name) => document.getElementById(name);

  // The switches go along to the next page of ours, in its address or form: nothing is stored.
  const switches = () => ["easy", "letters"].map(part).filter(Boolean);
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    const within = (url) => url.origin + url.pathname + url.search;
    if (!link || link.origin !== location.origin || within(link) === within(location)) return;
    const address = new URL(link.href);
    for (const { name, checked } of switches())
      if (checked) address.searchParams.set(name, "1");
      else address.searchParams.delete(name);
    if (address.href !== link.href) link.href = address.href;
  }, true);
  document.addEventListener("formdata", ({ target, formData }) => {
    if (document.body.classList.contains("kiosk")) return; // the next person begins anew
    for (const one of switches().filter(({ form }) => form !== target))
      if (one.checked) formData.set(one.name, "1");
      else formData.delete(one.name);
  });
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

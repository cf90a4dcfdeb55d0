// Reads what is on the screen out loud, by a voice on the device. Words of another language need a voice of their own.

const UNREAD = ".go, .change, .count, progress, audio, video, details:not(.fold), .clear, .ways, .jump, [hidden]";
const PIECES = "h1, h2, h3, p, b, li, .opt > span";
let reading = false;

const button = () => document.querySelector("#aloud button");

const seen = (element) => (element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null);

// The shown step in its order: question, hint, choices; each a piece of its own, so that a pause comes between two.
// A page without questions is read from its heading on, with what is folded open.
const pieces = () => {
  const asked = [...document.querySelectorAll("form.ask .step, form.ask .end")];
  const places = (asked.length ? asked : [document.querySelector("main")]).filter(seen);
  return places
    .flatMap((place) => [...place.querySelectorAll(PIECES)])
    .filter((piece) => seen(piece) && !piece.closest(UNREAD) && !piece.parentElement.closest(PIECES));
};

const textOf = (piece) => {
  const language = (piece.querySelector("[lang]") || piece).closest("[lang]").lang;
  return { text: piece.innerText.trim(), language };
};

export const stop = () => {
  speechSynthesis.cancel();
  reading = false;
  if (button()) button().textContent = button().dataset.play;
};

// `voice(language)` is a voice on the device, or undefined.
export const toggle = (voice) => {
  if (reading) { stop(); return; }
  const said = pieces().map(textOf).filter(({ text, language }) => text && voice(language));
  if (!said.length) throw new Error("nothing that a voice on this device could read");
  speechSynthesis.cancel();
  const utterances = said.map(({ text, language }) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice(language);
    utterance.lang = utterance.voice.lang;
    return utterance;
  });
  utterances[utterances.length - 1].addEventListener("end", stop);
  for (const utterance of utterances) speechSynthesis.speak(utterance);
  reading = true;
  button().textContent = button().dataset.stop;
};

// Another step, another language, or leaving: silence at once.
addEventListener("popstate", stop);
addEventListener("pagehide", stop);
document.addEventListener("words:swapped", stop);
document.addEventListener("click", ({ target }) => { if (target.closest("a")) stop(); });

// Reads what is on the screen out loud, by a voice on the device. Words of another language need a voice of their own.

const UNREAD = ".go, .change, .count, progress, audio, video, select, details:not(.fold), .clear, .ways, .jump, [hidden], "
  + "button .vh";
const BLOCKS = "h1, h2, h3, p, li";
const PIECES = `${BLOCKS}, b, .opt > span`;
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
    .filter((piece) => seen(piece) && !piece.parentElement.closest(PIECES));
};

// A card holds blocks and languages: each run of text in one block and one language is read by a voice of its own.
const runsOf = (piece) => {
  const runs = [];
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: holder } = texts.currentNode;
    if (!data.trim() || !seen(holder) || holder.closest(UNREAD)) continue;
    const last = runs[runs.length - 1] || {};
    const block = holder.closest(BLOCKS);
    const language = holder.closest("[lang]").lang;
    if (last.block === block && last.language === language) last.text += data;
    else runs.push({ block, language, text: data });
  }
  return runs.map(({ text, language }) => ({ text: text.replace(/\s+/g, " ").trim(), language }));
};

export const stop = () => {
  speechSynthesis.cancel();
  reading = false;
  if (button()) button().textContent = button().dataset.play;
};

// `voice(language)` is a voice on the device, or undefined.
export const toggle = (voice) => {
  if (reading) { stop(); return; }
  const said = pieces().flatMap(runsOf).filter(({ language }) => voice(language));
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

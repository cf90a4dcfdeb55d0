/* Words of an answer, by selection and by arrow: for the reading desk and the coding desk. Places count code points, as
   the server does, in the answer as it was sent: each piece says where it begins (data-at), and labels do not count. */
"use strict";

const inAnswer = (() => {
  const points = (text) => [...text].length;

  /* [start, end, words] of what is selected in `area`; null where nothing is. */
  function selected(area) {
    const selection = getSelection();
    if (!area || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const places = [];
    area.querySelectorAll("[data-at]").forEach((piece) => {
      if (!range.intersectsNode(piece)) return;
      const text = piece.textContent;
      const inside = (node) => node === piece || piece.contains(node);
      const offset = (node, at) => (node === piece ? (at ? text.length : 0) : at);
      let from = inside(range.startContainer) ? offset(range.startContainer, range.startOffset) : 0;
      let to = inside(range.endContainer) ? offset(range.endContainer, range.endOffset) : text.length;
      while (from < to && /\s/.test(text[from])) from += 1;
      while (to > from && /\s/.test(text[to - 1])) to -= 1;
      if (from >= to) return;
      const at = Number(piece.dataset.at);
      places.push([at + points(text.slice(0, from)), at + points(text.slice(0, to)), text.slice(from, to)]);
    });
    if (!places.length) return null;
    return [places[0][0], places[places.length - 1][1], places.map((place) => place[2]).join(" ")];
  }

  /* Selects the next of `all` (each {node, from, to, at}) after `walk`, or up to it; [where the walk is now, that word]. */
  function step(all, walk, forward, several) {
    const here = all.findIndex((unit) => unit.at === walk.to);
    const next = here < 0 ? (forward ? 0 : all.length - 1) : Math.min(Math.max(here + (forward ? 1 : -1), 0), all.length - 1);
    const to = all[next];
    const from = (several && all.find((unit) => unit.at === walk.from)) || to;
    const [first, last] = from.at <= to.at ? [from, to] : [to, from];
    getSelection().setBaseAndExtent(first.node, first.from, last.node, last.to);
    to.node.parentElement.scrollIntoView({ block: "nearest" });
    return [{ from: from.at, to: to.at }, to];
  }

  return { points, selected, step };
})();

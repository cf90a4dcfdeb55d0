"""The words of a paragraph of markup as runs: pieces of text that look alike, with spaces as a browser shows them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bs4 import NavigableString, Tag

LINE_BREAK = "\u2028"
SPACES = re.compile("[ \t\r\n\f]+")
INLINE = frozenset({"a", "abbr", "b", "br", "em", "i", "q", "small", "span", "strong", "svg"})


class UnknownMarkup(ValueError):
    """A paper has an element that no document shows: nothing of a paper may be lost in silence."""


@dataclass(frozen=True)
class MarkupRun:
    """`anchor`: the id of the heading that the run leads to; `language`: "" is the paper's own."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    anchor: str = ""
    language: str = ""
    right_to_left: bool = False


def is_inline(node: object) -> bool:
    return not isinstance(node, Tag) or node.name in INLINE


def read_runs(nodes: Iterable[object], style: MarkupRun | None = None) -> list[MarkupRun]:
    """The runs of these nodes. A drawing has no words here: those of its `<title>` are the table's alternative text."""
    found: list[MarkupRun] = []
    after_space = True
    for run in _iterate_runs(nodes, style or MarkupRun()):
        text = run.text if run.text == LINE_BREAK else SPACES.sub(" ", run.text)
        text = text.lstrip(" ") if after_space else text
        if text:
            after_space = text.endswith((" ", LINE_BREAK))
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip(f" {LINE_BREAK}"):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return found


def style_within(tag: Tag, style: MarkupRun) -> MarkupRun:
    """How the words in `tag` look, where those around it look like `style`."""
    language, direction = str(tag.get("lang") or ""), tag.get("dir")
    return MarkupRun(
        bold=style.bold or tag.name in ("b", "strong"),
        italic=style.italic or tag.name in ("em", "i"),
        anchor=str(tag.get("href", "")).removeprefix("#") if tag.name == "a" else style.anchor,
        language=language or style.language,
        right_to_left=direction == "rtl" if direction else style.right_to_left,
    )


def _iterate_runs(nodes: Iterable[object], style: MarkupRun) -> Iterator[MarkupRun]:
    for node in nodes:
        if type(node) is NavigableString:
            yield replace(style, text=str(node))
        elif isinstance(node, Tag):
            yield from _iterate_tag_runs(node, style)


def _iterate_tag_runs(tag: Tag, style: MarkupRun) -> Iterator[MarkupRun]:
    if tag.name not in INLINE:
        raise UnknownMarkup(tag.name)
    if tag.name in ("br", "small"):
        yield replace(style, text=LINE_BREAK)
    if tag.name != "svg":
        yield from _iterate_runs(tag.children, style_within(tag, style))

"""Speech of a PDF: each run of text carries its words (ActualText) for screen readers. In Urdu, Arabic, Bengali and
Punjabi a font draws many letters in parts and out of order, so the words cannot be recovered from the drawn glyphs."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any


def tag_spoken_texts(document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher. A page's runs are tagged in the order of its boxes, so the n-th run belongs to the n-th
    text. Where the numbers differ, the page gets no ActualText: none is better than the wrong words."""
    import pydyf

    tagged = defaultdict(list)
    for one in (one for one in pdf.objects if isinstance(one, dict) and one.get("S") == "/Span"):
        kids: Any = one.get("K")
        if kids and len(kids) == 1 and isinstance(kids[0], int):  # a run of text
            tagged[one["Pg"]].append(one)
    for reference, page in zip(pdf.page_references, document.pages, strict=True):
        texts = list(_iterate_box_texts(page._page_box))
        if len(texts) == len(tagged[reference]):
            for run, text in zip(tagged[reference], texts, strict=True):
                run["ActualText"] = pydyf.String(text)


def _iterate_box_texts(box: Any) -> Iterator[str]:
    """The texts under a box, in document order."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _iterate_box_texts(child)

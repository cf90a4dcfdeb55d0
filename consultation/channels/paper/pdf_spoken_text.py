"""Spoken text of a PDF: each text run carries its characters as ActualText for screen readers.

Fonts for Urdu, Arabic, Bengali and Punjabi draw many letters in parts and out of order, so a screen reader cannot
recover the text from the glyphs.
"""

from collections import defaultdict


def add_spoken_texts(document, pdf):
    """A WeasyPrint finisher: set ActualText on each tagged text run.

    A page's runs are tagged in the order of its boxes, so the n-th tag belongs to the n-th text.
    """
    import pydyf

    tagged = defaultdict(list)
    for one in pdf.objects:
        if _is_text_run(one):
            tagged[one["Pg"]].append(one)
    for reference, page in zip(pdf.page_references, document.pages, strict=True):
        for run, text in zip(tagged[reference], _texts_of_box(page._page_box), strict=True):
            run["ActualText"] = pydyf.String(text)


def _is_text_run(one):
    kids = one.get("K") if isinstance(one, dict) else None
    return bool(kids) and one.get("S") == "/Span" and len(kids) == 1 and isinstance(kids[0], int)


def _texts_of_box(box):
    """The texts in a box, in reading order."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts_of_box(child)

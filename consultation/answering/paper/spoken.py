"""What a voice says of a form. In Urdu, Arabic, Bengali and Punjabi a font draws many letters in parts and out of order,
so the letters cannot be read back from what is drawn. Each run of text carries its words as well (ActualText)."""

from collections import defaultdict


def say_texts(document, pdf):
    """A finisher of WeasyPrint: give each marked run of text its words.

    The runs of a page are tagged in the order of its boxes, so the n-th tag belongs to the n-th text.
    """
    import pydyf

    tagged = defaultdict(list)
    for one in pdf.objects:
        if _is_run(one):
            tagged[one["Pg"]].append(one)
    for reference, page in zip(pdf.page_references, document.pages, strict=True):
        for run, text in zip(tagged[reference], _texts(page._page_box), strict=True):
            run["ActualText"] = pydyf.String(text)


def _is_run(one):
    kids = one.get("K") if isinstance(one, dict) else None
    return bool(kids) and one.get("S") == "/Span" and len(kids) == 1 and isinstance(kids[0], int)


def _texts(box):
    """The texts under a box, in the order of reading."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)

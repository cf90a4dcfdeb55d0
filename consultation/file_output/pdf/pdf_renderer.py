"""Renders a template to the bytes of a tagged PDF (PDF/UA).

WeasyPrint and Pango load with the first PDF, not when a web process starts. No address is fetched: a picture is an
`<svg>` in the markup, or comes from the caller's `load_file`. PDF/UA requires a `<title>` in each `<svg>`.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string

from consultation.file_output.spreadsheets import deliver_file

VARIANT = "pdf/ua-1"
STYLE = Path(__file__).resolve().parent / "paper.css"
NO_PDF_LIBRARY = "This machine cannot make a PDF: Pango is missing. Print the page instead."


class PdfUnavailable(Exception):
    """Pango, or another library that WeasyPrint needs, is not installed."""


class AddressRefused(ValueError):
    """The markup refers to an external address, which is never fetched."""


type FileLoader = Callable[[str], tuple[bytes, str]]  # address -> (content, content type)


def refuse_address(address: str) -> tuple[bytes, str]:
    raise AddressRefused(address)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The PDF of a template, with paper.css.

    The template extends "consultation/file_output/pdf/paper.html" (blocks: title, mark, main), which sets language
    and title. Raises PdfUnavailable where WeasyPrint cannot be loaded.
    """
    return print_html(render_to_string(template, context), STYLE.read_text(encoding="utf-8"))


def print_html(html: str, style: str, load_file: FileLoader = refuse_address) -> bytes:
    for name in ("weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise PdfUnavailable from error

    class LocalFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            content, content_type = load_file(url)
            return URLFetcherResponse(url, content, {"Content-Type": content_type})

    fonts, fetcher = FontConfiguration(), LocalFiles()
    sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, finisher=tag_spoken_texts
    )
    return made


def deliver_pdf(
    request: HttpRequest, template: str, context: dict[str, Any], *, back: str, kind: str, name: str, **data: Any
) -> HttpResponseBase:
    """The PDF of a template (see `render_pdf`). A machine that cannot make one says so on the page `back`. The rest is as
    `deliver_file` takes it."""
    try:
        made = render_pdf(template, context)
    except PdfUnavailable:
        messages.error(request, NO_PDF_LIBRARY)
        return redirect(back)
    return deliver_file(
        by=request.user,
        kind=kind,
        name=f"{name}.pdf",
        content_type="application/pdf",
        write=lambda file: 0 * file.write(made),
        form="pdf",
        **data,
    )


def tag_spoken_texts(document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher: each run of text carries its words for screen readers. In Urdu, Arabic, Bengali and Punjabi
    a font draws letters in parts and out of order, so drawn glyphs do not tell the words.

    A page's runs are tagged in the order of its boxes, so the n-th run belongs to the n-th text. Where the numbers
    differ, the page gets no ActualText: none is better than the wrong words.
    """
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

"""The PDF press: tagged PDFs (PDF/UA) from HTML, cached on disk by a digest of their content.

WeasyPrint and Pango are imported for the first PDF, not when a web process starts.
"""

import hashlib
import logging
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version as installed
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from consultation.answering.paper import pictures, spoken
from consultation.answering.paper.references import reference_of
from consultation.answering.paper.sheet import EASY, LARGE, Sheet
from consultation.words import direction, word, words_for

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "voice" / "paper.css"
VARIANT = "pdf/ua-1"
SHORT = 30  # letters: shorter options stand in two columns
OPENING = (
    "paper.how", "paper.name", "paper.skip", "paper.unknown", "paper.duty", "paper.readers", "paper.slow", "paper.back",
    "paper.codes",
)  # fmt: skip
WORDS = {
    "unchecked": "lang.unchecked",
    "thanks": "paper.thanks",
    "help": "help.title",
    "strip": "paper.strip",
    "danger": "help.danger",
    "childline": "help.childline",
    "shout": "help.shout",
    "month": "q.month.month",
    "year": "q.month.year",
}


class NoPress(Exception):
    """WeasyPrint, Pango or another library is missing on this machine."""


def form_pdf(version, language, kind):
    """The bytes of the PDF. Raises NoPress without the PDF libraries."""
    return kept_pdf(*form_html(version, language, kind))


def kept_pdf(html, style):
    """A PDF from the disk cache, or made now and cached."""
    kept = _folder() / f"{_digest(html, style)}.pdf"
    with suppress(OSError):
        return kept.read_bytes()
    made = _press(html, style)
    _keep(kept, made)
    return made


def fresh_pdf(html, style):
    """A PDF without a cached copy: its texts may be withdrawn."""
    return _press(html, style)


def file_name(version, language, kind):
    """A name without the topic: a download list is visible to others."""
    return f"have-your-say-{reference_of(version, language).text}-{kind}.pdf"


def form_html(version, language, kind):
    """(markup, style) of a form, without text questions while free text is closed."""
    content = version.content
    with override(language):
        sheet = Sheet(content, language, kind, without_texts=version.page.free_text_closed)
        shown = [option for question in sheet.questions for option in (question, *question["options"])]
        for one in shown:
            _picture(one)
        for question in sheet.questions:
            question["columns"] = "two" if _in_columns(question, kind) else ""
            question["last"] = question["options"][-1] if question["options"] else None
        html = render_to_string("consultation/answering/paper/form.html", _context(sheet, version, language))
    return html, STYLE.read_text(encoding="utf-8") + pictures.style([one["picture"] for one in shown])


def _context(sheet, version, language):
    reference, address = reference_of(version, language), version.page.paper_address
    words = {name: sheet.word(key) for name, key in WORDS.items()}
    words["form"] = sheet.word("paper.form", ref=reference.text)
    words["hand_in"] = sheet.word("paper.post" if address else "paper.box")
    return {
        "sheet": sheet,
        "language": language,
        "direction": direction(language),
        "document_title": f"{word('nav.say')} - {reference.text}",
        "unchecked": is_unchecked(version, language),
        "opening": [sheet.word(key) for key in OPENING],
        "words": words,
        "address": address,
        "flat_grids": sheet.kind in (EASY, LARGE),
    }


def is_unchecked(version, language):
    """Whether the form contains a machine translation without human review (X7)."""
    return language in version.content["machine"] or words_for(language).awaits_check


def _picture(one):
    one["picture_class"], one["image"] = "", ""
    if not one.get("picture"):
        return
    if one.get("alt"):
        one["image"] = pictures.address(one["picture"])
    else:
        one["picture_class"] = pictures.class_of(one["picture"])


def _in_columns(question, kind):
    texts = [str(option["text"]) for option in question["options"]]
    plain = question["shape"] == "choices" and question["type"] not in ("faces", "agreement", "yesno", "pictures")
    return plain and kind != LARGE and len(texts) > 5 and max(map(len, texts)) <= SHORT


def _digest(*parts):
    return hashlib.sha256("\0".join((installed("weasyprint"), VARIANT, *parts)).encode()).hexdigest()[:40]


def _folder():
    return Path(settings.VAR_DIR) / "paper"


def _keep(path, made):
    """Write a file atomically. A failed write is harmless: the PDF is made again."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(made)
        Path(name).replace(path)


def _press(html, style):
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise NoPress from error

    class OurFiles(URLFetcher):
        """Loads this site's pictures only."""

        def fetch(self, url, headers=None):
            content, type_ = pictures.load(url)
            return URLFetcherResponse(url, content, {"Content-Type": type_})

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fonts, fetcher = FontConfiguration(), OurFiles()
    sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, finisher=spoken.say_texts)

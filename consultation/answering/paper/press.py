"""From a sheet to a tagged PDF (PDF/UA), kept on disk by what is in it: a changed word makes another file.

WeasyPrint and Pango are loaded when the first form is made, never when a web process starts.
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
SHORT = 30  # letters: shorter choices stand in two columns
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
    """Pango, or another library that draws letters, is not on this machine."""


def form_pdf(version, language, kind):
    """The bytes of the PDF. Raises NoPress where none can be made."""
    return kept_pdf(*form_html(version, language, kind))


def kept_pdf(html, style):
    """A PDF from the disk, or made now and kept there by what is in it."""
    kept = _folder() / f"{_digest(html, style)}.pdf"
    with suppress(OSError):
        return kept.read_bytes()
    made = _press(html, style)
    _keep(kept, made)
    return made


def fresh_pdf(html, style):
    """A PDF that no disk keeps: words in it may be taken back."""
    return _press(html, style)


def file_name(version, language, kind):
    """Says nothing of what is asked: a file lies in a list of downloads."""
    return f"have-your-say-{reference_of(version, language).text}-{kind}.pdf"


def form_html(version, language, kind):
    """(markup, style) of a form; while free text is closed, without questions that ask for it."""
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
    """Whether a computer made words of this form that nobody has checked yet (X7)."""
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
    """Whole or not at all; a disk that takes nothing only means that the form is made again."""
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
        """Our own pictures, and nothing else."""

        def fetch(self, url, headers=None):
            content, type_ = pictures.load(url)
            return URLFetcherResponse(url, content, {"Content-Type": type_})

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fonts, fetcher = FontConfiguration(), OurFiles()
    sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, finisher=spoken.say_texts)

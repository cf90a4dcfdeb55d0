"""PDFs of paper forms, with pictures of this site's own files alone, cached on disk by a digest of their content.

Decorative pictures are CSS backgrounds, which a screen reader ignores; picture options are images with alternative texts.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version as installed
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import override

from consultation.branding.current_branding import read_printed_logo
from consultation.channels.paper.paper_references import make_form_reference
from consultation.channels.paper.paper_sheet import EASY, LARGE, PaperSheet
from consultation.file_output.pdf import pdf_renderer
from consultation.interface_text import get_language_coverage, get_text, text_direction
from consultation.surveys import pictograms
from consultation.surveys.frozen_files import FOLDER, NAME

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "voice" / "paper.css"
MAX_COLUMN_LETTERS = 30  # letters: shorter options stand in two columns
OPENING_WORD_KEYS = (
    "paper.how", "paper.name", "paper.skip", "paper.unknown", "paper.duty", "paper.readers", "paper.slow", "paper.back",
    "paper.codes",
)  # fmt: skip
FORM_WORD_KEYS = {
    "unchecked": "lang.unchecked",
    "quote": "check.quote",
    "quote_yes": "yesno.yes",
    "quote_either": "check.quote.either",
    "thanks": "paper.thanks",
    "help": "help.title",
    "strip": "paper.strip",
    "danger": "help.danger",
    "childline": "help.childline",
    "shout": "help.shout",
    "month": "q.month.month",
    "year": "q.month.year",
}
KEPT_SCHEME, PICTOGRAM_SCHEME, FACE_SCHEME, LOGO_SCHEME = "kept:", "pictogram:", "face:", "logo:"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round" '


def render_paper_form_pdf(version, language, kind):
    """The bytes of the PDF. Raises PdfUnavailable without the PDF libraries."""
    return render_cached_pdf(*render_paper_form_html(version, language, kind))


def render_cached_pdf(html, style):
    """A PDF from the disk cache, or made now and cached."""
    kept = Path(settings.VAR_DIR) / "paper" / f"{_digest_parts(html, style)}.pdf"
    with suppress(OSError):
        return kept.read_bytes()
    made = render_uncached_pdf(html, style)
    with suppress(OSError):  # written at once as a whole; a failed write is harmless: the PDF is made again
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(made)
        Path(name).replace(kept)
    return made


def render_uncached_pdf(html, style):
    """A PDF without a cached copy: its texts may be withdrawn."""
    return pdf_renderer.print_html(html, style, load_picture)


def paper_form_file_name(version, language, kind):
    """A name without the topic: a download list is visible to others."""
    return f"have-your-say-{make_form_reference(version, language).text}-{kind}.pdf"


def render_paper_form_html(version, language, kind):
    """(markup, style) of a form, without text questions while free text is closed."""
    content = version.content
    with override(language):
        sheet = PaperSheet(content, language, kind, without_texts=version.page.free_text_closed)
        shown = [option for question in sheet.questions for option in (question, *question["options"])]
        for one in shown:
            picture, named = one.get("picture"), bool(one.get("alt"))
            one["image"] = picture_address(picture) if picture and named else ""
            one["picture_class"] = picture_css_class(picture) if picture and not named else ""
        for question in sheet.questions:
            chosen_among = [*question["options"], *(question["also"] if question["rows"] else [])]
            texts = [str(option["text"]) for option in chosen_among]
            short = (
                (question["in_columns"] or question["rows"])
                and kind != LARGE
                and max(map(len, texts), default=0) <= MAX_COLUMN_LETTERS
            )
            question["columns"] = "two" if short and len(texts) > 5 else ""
            question["last"] = question["options"][-1] if question["options"] else None
        html = render_to_string("consultation/channels/paper/form.html", _build_form_context(sheet, version, language))
    return html, STYLE.read_text(encoding="utf-8") + write_picture_css([one["picture"] for one in shown])


def _build_form_context(sheet, version, language):
    page = version.page
    reference, address = make_form_reference(version, language), page.paper_address
    words = {name: sheet.word(key) for name, key in FORM_WORD_KEYS.items()}
    words["form"] = sheet.word("paper.form", ref=reference.text)
    words["runs"] = sheet.word("paper.runs", who=_mark_source_words(page.paper_runner, language))
    words["until"] = sheet.word("paper.until", date=page.state.last_day)
    words["desk"] = (
        sheet.word("paper.desk", place=_mark_source_words(page.paper_desk, language)) if page.paper_desk else ""
    )
    words["hand_in"] = sheet.word("paper.post" if address else "paper.box")
    return {
        "sheet": sheet,
        "language": language,
        "direction": text_direction(language),
        "document_title": f"{get_text('nav.say')} - {reference.text}",
        "unchecked": has_unreviewed_translation(version, language),
        "opening": [sheet.word(key) for key in OPENING_WORD_KEYS],
        "words": words,
        "address": address,
        "flat_grids": sheet.kind in (EASY, LARGE),
    }


def _mark_source_words(text, language):
    """A name or a place, which stays as officers wrote it in every language, marked as theirs (WCAG 3.1.2)."""
    source = settings.LANGUAGE_CODE
    return text if language == source else format_html('<span lang="{}" dir="ltr">{}</span>', source, text)


def has_unreviewed_translation(version, language):
    """Whether the form contains a machine translation without human review (X7)."""
    return language in version.content["machine"] or get_language_coverage(language).awaits_check


def _digest_parts(*parts):
    return hashlib.sha256("\0".join((installed("weasyprint"), pdf_renderer.VARIANT, *parts)).encode()).hexdigest()[:40]


def picture_address(picture):
    """The internal address of a picture value; "" when it no longer exists."""
    if isinstance(picture, dict):
        return KEPT_SCHEME + picture["src"].removeprefix(f"{FOLDER}/")
    return PICTOGRAM_SCHEME + picture if picture and pictograms.find_pictogram_template(picture) else ""


def picture_css_class(picture):
    """The CSS class of a span with this picture as its background."""
    return picture_address(picture).replace(":", "-").replace(".", "-")[:40]


def write_picture_css(pictures):
    """The CSS rules for these pictures and the five faces."""
    places = {name: picture_address(picture) for picture in pictures if (name := picture_css_class(picture))}
    places |= {f"face-{n}": f"{FACE_SCHEME}{n}" for n in range(1, 6)}
    return "".join(f".{name}{{background-image:url({place})}}" for name, place in places.items())


def load_picture(place):
    """(bytes, content type) of an internal address. Raises AddressRefused for any other."""
    if place.startswith(FACE_SCHEME) and place.removeprefix(FACE_SCHEME) in "12345":
        return _render_svg("components/face.html", n=int(place.removeprefix(FACE_SCHEME)))
    if place.startswith(PICTOGRAM_SCHEME) and (
        template := pictograms.find_pictogram_template(place.removeprefix(PICTOGRAM_SCHEME))
    ):
        return _render_svg(template)
    if place.startswith(KEPT_SCHEME) and NAME.fullmatch(place.removeprefix(KEPT_SCHEME)):
        with default_storage.open(f"{FOLDER}/{place.removeprefix(KEPT_SCHEME)}") as opened:
            return opened.read(), "image/webp"
    if place.startswith(LOGO_SCHEME):  # what follows tells one logo's cached sheet from another's
        return read_printed_logo(), "image/webp"
    return pdf_renderer.refuse_address(place)


def _render_svg(template, **context):
    return render_to_string(template, context).strip().replace("<svg ", DRAWN, 1).encode(), "image/svg+xml"

"""Importing a questionnaire from a spreadsheet as a draft."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.images.forms import BaseImageForm, get_image_form
from wagtail.models import Collection, Locale

from consultation.audit.audit_log import record_event
from consultation.surveys.exchange.picture_archive import read_archive
from consultation.surveys.exchange.sheet_parsing import (
    InvalidQuestionnaire,
    QuestionnaireSheet,
    make_unique_slug,
    parse_sheet,
)
from consultation.surveys.models import Audience, ConsultationIndexPage, ConsultationPage
from consultation.surveys.validation.structure_linters import NOT_WRITTEN

BROKEN = (
    "The picture “{}” is broken, too big, or no WebP, PNG or JPEG picture. Save it anew, and pack the ZIP file again."
)
MISSING = "The picture “{}” is not in the file. Import the ZIP file, with the pictures that the sheet names."
NO_HOME = "There is no page for consultations yet. Ask whoever runs the site to make one."


@transaction.atomic
def import_questionnaire(*, raw: bytes, name: str, by: Any) -> ConsultationPage:
    """Create a draft from the bytes of a CSV file, or of a ZIP file with pictures, with a translation for each of its
    languages that the site has.

    Raises InvalidQuestionnaire, before anything is stored. The draft needs validation, a safety check and approval like
    any other.
    """
    csv, pictures = read_archive(raw)
    sheet = parse_sheet(csv)
    forms = _validate_pictures(sheet, pictures, by)
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    index = ConsultationIndexPage.objects.filter(locale=locale).first()
    if index is None:
        raise InvalidQuestionnaire([(0, NO_HOME)])
    images = {}  # {name: the id of the library's new image}
    for picture, form in forms.items():
        form.instance.uploaded_by_user = by
        images[picture] = form.save().pk
    page = _create_draft(sheet, index, locale, name, images)
    page.save_revision(user=by)
    for language in sheet.languages:
        if language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE:
            _create_translation(page, sheet, language, by, images)
    record_event(
        "questionnaire imported", by=by, obj=page, questions=len(sheet.things), languages=1 + len(sheet.languages)
    )
    return page


def _validate_pictures(sheet: QuestionnaireSheet, pictures: Mapping[str, bytes], by: Any) -> dict[str, BaseImageForm]:
    """{name of a picture: the library's form of it}, which draws the picture anew, without place and time. Raise
    InvalidQuestionnaire for each picture that a row names and the file holds broken, too big, or not at all."""
    make_form, root = get_image_form(get_image_model()), Collection.get_first_root_node().pk
    forms = {
        name: make_form(
            {"title": name[:255], "collection": root}, {"file": SimpleUploadedFile(name, pictures[name])}, user=by
        )
        for name in sheet.pictures
        if name in pictures
    }
    problems = [
        (row, (BROKEN if name in forms else MISSING).format(name[:80]))
        for name, row in sheet.pictures.items()
        if name not in forms or not forms[name].is_valid()
    ]
    if problems:
        raise InvalidQuestionnaire(sorted(problems))
    return forms


def _create_draft(
    sheet: QuestionnaireSheet, index: ConsultationIndexPage, locale: Locale, name: str, images: Mapping[str, int]
) -> ConsultationPage:
    title = (sheet.field("text") or name.rsplit(".", 1)[0] or "A questionnaire")[:255]
    head = sheet.head.cells if sheet.head else {}
    audience = head.get("type", "")
    page = ConsultationPage(
        locale=locale,
        live=False,
        title=title,
        draft_title=title,
        slug=make_unique_slug(title, set(index.get_children().values_list("slug", flat=True))),
        summary=sheet.field("hint") or NOT_WRITTEN,
        summary_easy=sheet.field("easy"),
        audience=audience if audience in Audience.values else Audience.CHILDREN,
        codebook=head.get("codebook", "").strip() or "seed",
        **sheet.read_promises(),
    )
    page.body = sheet.blocks(images=images)
    added: ConsultationPage = index.add_child(instance=page)
    return added


def _create_translation(
    page: ConsultationPage, sheet: QuestionnaireSheet, language: str, by: Any, images: Mapping[str, int]
) -> None:
    """Marked as machine-translated, because its author is unknown: a named person must check it (X7)."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    translated = page.copy_for_translation(locale, copy_parents=True)
    translated.title = translated.draft_title = (sheet.field("text", language) or page.title)[:255]
    translated.summary = sheet.field("hint", language) or page.summary
    translated.summary_easy = sheet.field("easy", language)
    translated.body = sheet.blocks(language, images)
    for field, value in sheet.read_promises(language).items():
        setattr(translated, field, value)
    translated.machine_words = True
    translated.save()
    translated.save_revision(user=by)

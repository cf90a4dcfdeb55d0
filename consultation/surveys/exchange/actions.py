"""Importing a questionnaire from a spreadsheet as a draft."""

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from consultation.audit.audit_log import record_event
from consultation.surveys.exchange.sheet_parsing import (
    InvalidQuestionnaire,
    QuestionnaireSheet,
    make_unique_slug,
    parse_sheet,
)
from consultation.surveys.models import Audience, ConsultationIndexPage, ConsultationPage
from consultation.surveys.validation.structure_linters import NOT_WRITTEN

NO_HOME = "There is no page for consultations yet. Ask whoever runs the site to make one."


@transaction.atomic
def import_questionnaire(*, raw: bytes, name: str, by: Any) -> ConsultationPage:
    """Create a draft from the bytes of a CSV file, with a translation for each of its languages that the site has.

    Raises InvalidQuestionnaire. The draft needs validation, a safety check and approval like any other.
    """
    sheet = parse_sheet(raw)
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    index = ConsultationIndexPage.objects.filter(locale=locale).first()
    if index is None:
        raise InvalidQuestionnaire([(0, NO_HOME)])
    page = _create_draft(sheet, index, locale, name)
    page.save_revision(user=by)
    for language in sheet.languages:
        if language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE:
            _create_translation(page, sheet, language, by)
    record_event(
        "questionnaire imported", by=by, obj=page, questions=len(sheet.things), languages=1 + len(sheet.languages)
    )
    return page


def _create_draft(
    sheet: QuestionnaireSheet, index: ConsultationIndexPage, locale: Locale, name: str
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
    )
    page.body = sheet.blocks()
    added: ConsultationPage = index.add_child(instance=page)
    return added


def _create_translation(page: ConsultationPage, sheet: QuestionnaireSheet, language: str, by: Any) -> None:
    """Marked as machine-translated, because its author is unknown: a named person must check it (X7)."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    translated = page.copy_for_translation(locale, copy_parents=True)
    translated.title = translated.draft_title = (sheet.field("text", language) or page.title)[:255]
    translated.summary = sheet.field("hint", language) or page.summary
    translated.summary_easy = sheet.field("easy", language)
    translated.body = sheet.blocks(language)
    translated.machine_words = True
    translated.save()
    translated.save_revision(user=by)

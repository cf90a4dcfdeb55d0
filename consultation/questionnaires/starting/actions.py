"""Creating a draft consultation, adding questions to a draft, and submitting it for approval."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Revision

from consultation.audit.log import record
from consultation.questionnaires.exchange.reading import slug_of
from consultation.questionnaires.forms import LOUD, NOT_NEUTRAL, TOLD
from consultation.questionnaires.linting.findings import report
from consultation.questionnaires.linting.shape import NOT_WRITTEN
from consultation.questionnaires.models import ConsultationIndexPage, ConsultationPage
from consultation.questionnaires.starting.asked import as_asked
from consultation.questionnaires.starting.copies import Raw, place_for, renewed
from consultation.questionnaires.starting.templates import Template
from consultation.questionnaires.translating.copying import bring_words

# Fields copied from a past consultation. Dates and promises are left out, because they held for that time.
KEPT = (
    "summary", "summary_easy", "audience", "lowest_age", "highest_age", "minutes", "codebook", "code_only",
    "paper_offered", "paper_address",
)  # fmt: skip
NO_HOME = "There is no page for consultations yet. Ask whoever runs the site to make one."
NO_TITLE = "Give it a title. You can change it later."
NOTHING = "Choose at least one question."
LOCKED = "Someone has locked this draft, or it is not yours to change."
GONE = "Someone has saved this draft since. Take the questions out in the editor."
STOPS = "Something still stops it. “Check this consultation” says what."
UNFINISHED = "A question is not finished. Send it from the editor: it shows where."
HANDED_ON = "It was sent already."


class NotAllowed(Exception):
    """The action is refused; the message is for the user."""


def start_from_template(*, template: Template, title: str, by: Any) -> ConsultationPage:
    ages = {"lowest_age": template.ages[0], "highest_age": template.ages[1]} if template.ages else {}
    fields = {
        "summary": template.summary,
        "summary_easy": template.summary_easy,
        "audience": template.audiences[0],
        "minutes": template.minutes,
    } | ages
    return _begin(title=title, fields=fields, blocks=template.blocks(), by=by, source=f"template {template.id}")


@transaction.atomic
def start_from_past(*, past: ConsultationPage, title: str, by: Any) -> ConsultationPage:
    """A draft with the past consultation's questions under new ids, and its translations, which need a new check.

    Answers, dates and promises are not copied.
    """
    asked = as_asked(past)
    fields = {name: getattr(asked, name) for name in KEPT}
    blocks = asked.body.get_prep_value()
    page = _begin(title=title, fields=fields, blocks=blocks, by=by, source=f"consultation {past.pk}")
    bring_words(past=past, asked=asked, copy=page)
    return page


def start_blank(*, title: str, by: Any, questions: Iterable[Raw] = ()) -> ConsultationPage:
    questions = list(questions)
    return _begin(title=title, fields={}, blocks=questions, by=by, source="question bank" if questions else "blank")


@transaction.atomic
def _begin(*, title: str, fields: dict[str, Any], blocks: Iterable[Raw], by: Any, source: str) -> ConsultationPage:
    title = _fit(title)
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    index = ConsultationIndexPage.objects.filter(locale=locale).first()
    if index is None:
        raise NotAllowed(NO_HOME)
    slug = slug_of(title, set(index.get_children().values_list("slug", flat=True)))
    page = ConsultationPage(
        **{"summary": NOT_WRITTEN} | fields,
        locale=locale, live=False, title=title, draft_title=title, slug=slug, owner=by,
    )  # fmt: skip
    page.body = renewed(blocks)
    page = index.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    record("consultation begun", by=by, obj=page, source=source)
    return page


def _fit(title: str) -> str:
    title = " ".join(title.split())[:200]
    if not title:
        raise NotAllowed(NO_TITLE)
    if found := LOUD.search(title):
        raise NotAllowed(NOT_NEUTRAL.format(word=found[0]))
    return title


@transaction.atomic
def add_questions(*, page: ConsultationPage, questions: Iterable[Raw], by: Any) -> Revision:
    """A new revision of the newest draft, with these questions in order before the "about you" questions."""
    chosen = list(questions)
    if not chosen:
        raise NotAllowed(NOTHING)
    draft = _editable(page, by)
    blocks = list(draft.body.get_prep_value())
    at = place_for(blocks)
    draft.body = [*blocks[:at], *renewed(chosen), *blocks[at:]]
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    record("questions added", by=by, obj=page, questions=len(chosen), revision=revision.pk)
    return revision


@transaction.atomic
def take_out_again(*, page: ConsultationPage, added: Revision, by: Any) -> Revision:
    """Restore the questions from before the revision `added`, unless anyone has saved since.

    Only questions are restored: a moved last day or an emergency closing stays.
    """
    draft = _editable(page, by)
    latest = draft.get_latest_revision()
    before = page.revisions.filter(pk__lt=added.pk).order_by("-pk").first()
    if latest is None or latest.pk != added.pk or added.user_id != by.pk or before is None:
        raise NotAllowed(GONE)
    draft.body = before.as_object().body
    revision = draft.save_revision(user=by, previous_revision=before, log_action=True, clean=False)
    record("questions taken out again", by=by, obj=page, revision=revision.pk)
    return revision


def _editable(page: ConsultationPage, by: Any) -> ConsultationPage:
    fresh = ConsultationPage.objects.select_for_update().get(pk=page.pk)
    may = fresh.permissions_for_user(by)
    if fresh.is_translation or not may.can_edit() or may.page_locked():
        raise NotAllowed(LOCKED)
    draft: ConsultationPage = fresh.get_latest_revision_as_object()
    return draft


def _whole(draft: ConsultationPage) -> None:
    """Refuse an incomplete draft: it may be saved, but not submitted for approval."""
    try:
        draft.full_clean()
        draft.body.stream_block.clean(draft.body)
    except ValidationError as error:
        raise NotAllowed(UNFINISHED) from error


@transaction.atomic
def send_for_approval(*, page: ConsultationPage, by: Any) -> None:
    """Submit the newest draft to its safety check, unless blocking findings remain."""
    fresh = ConsultationPage.objects.select_for_update().get(pk=page.pk)
    if fresh.workflow_in_progress:
        raise NotAllowed(HANDED_ON)
    if not fresh.permissions_for_user(by).can_submit_for_moderation():
        raise NotAllowed(LOCKED)
    if report(fresh).stopping:
        raise NotAllowed(STOPS)
    draft = fresh.get_latest_revision_as_object()
    _whole(draft)
    if fresh.is_open() and fresh.closes and draft.closes != fresh.closes:
        raise NotAllowed(TOLD)
    fresh.get_workflow().start(fresh, by)

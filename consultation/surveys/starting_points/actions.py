"""Creating a draft consultation, adding questions to a draft, and submitting it for approval."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Revision

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.surveys.exchange.sheet_parsing import make_unique_slug
from consultation.surveys.forms import NOT_NEUTRAL, REVEALING_WORDS
from consultation.surveys.models import Audience, ConsultationIndexPage, ConsultationPage, EvaluationRound
from consultation.surveys.starting_points.block_copies import RawBlock, insert_questions, renew_block_ids
from consultation.surveys.starting_points.consultation_templates import ConsultationTemplate
from consultation.surveys.starting_points.last_published import last_published_page
from consultation.surveys.translations.live_translations import copy_translations
from consultation.surveys.validation.findings import build_findings_report
from consultation.surveys.validation.structure_linters import NOT_WRITTEN

# Fields copied from a past consultation. Dates and promises are left out, because they held for that time.
KEPT = (
    "summary", "summary_easy", "audience", "lowest_age", "highest_age", "minutes", "help_first", "codebook", "code_only",
    "paper_offered", "paper_runner", "paper_address", "paper_desk",
)  # fmt: skip
# True of each draft as it begins, so that nobody has to say it: it is on the web, in all its words.
HAS_ALREADY = {"summary": NOT_WRITTEN, "ways": ["own"], "formats": ["standard"]}
NO_HOME = "There is no page for consultations yet. Ask whoever runs the site to make one."
NO_TITLE = "Give it a title. You can change it later."
NOTHING = "Choose at least one question."
LOCKED = "Someone has locked this draft, or it is not yours to change."
GONE = "Someone has saved this draft since. Take the questions out in the editor."
STOPS = "Something still stops it. “Check this consultation” says what."
UNFINISHED = "A question is not finished. Send it from the editor: it shows where."
NO_EARLIER_WAVE = "Only a draft can take over questions, and only of an earlier wave that was published."
HANDED_ON = "It was sent already."


@transaction.atomic
def start_from_template(
    *, template: ConsultationTemplate, title: str, by: Any, audience: str = ""
) -> ConsultationPage:
    """A draft; of an evaluation, a draft for each round, which asks the same as the one before. Returns the first.
    `audience`: one of the template's, else its first."""
    fields = {name: getattr(template, name) for name in ("summary", "summary_easy", "minutes", "help_first")}
    fields["audience"] = audience or template.audiences[0]
    fields["formats"] = ["standard", "easy"]  # its questions are written in both
    if template.ages and fields["audience"] == Audience.CHILDREN:
        fields["lowest_age"], fields["highest_age"] = template.ages
    pages: list[ConsultationPage] = []
    several = len(template.rounds) > 1 and title.strip()
    for name in template.rounds or ("",):
        named = f"{title.strip()} ({EvaluationRound(name).label.lower()})" if several else title
        fields |= {"evaluation_round": name, "wave_of": pages[-1] if pages else None}
        blocks = pages[-1].body.get_prep_value() if pages else template.blocks()
        pages.append(_create_draft(title=named, fields=fields, blocks=blocks, by=by, source=f"template {template.id}"))
    return pages[0]


@transaction.atomic
def start_from_past(*, past: ConsultationPage, title: str, by: Any, wave: bool = False) -> ConsultationPage:
    """A draft with the past consultation's questions, and its translations, which need a new check.

    Questions get new ids, or keep theirs as the next `wave`, so that reports show them over time. Answers, dates and
    promises are not copied.
    """
    asked = last_published_page(past)
    fields = {name: getattr(asked, name) for name in KEPT} | ({"wave_of": past} if wave else {})
    if wave and past.evaluation_round == EvaluationRound.YEAR:
        fields["evaluation_round"] = EvaluationRound.YEAR
    blocks = asked.body.get_prep_value()
    source = f"{'next wave of' if wave else 'consultation'} {past.pk}"
    page = _create_draft(title=title, fields=fields, blocks=blocks, by=by, source=source)
    copy_translations(past=past, asked=asked, copy=page)
    return page


def start_blank(*, title: str, by: Any, questions: Iterable[RawBlock] = ()) -> ConsultationPage:
    questions = insert_questions([], list(questions))
    return _create_draft(
        title=title, fields={}, blocks=questions, by=by, source="question bank" if questions else "blank"
    )


@transaction.atomic
def _create_draft(
    *, title: str, fields: dict[str, Any], blocks: Iterable[RawBlock], by: Any, source: str
) -> ConsultationPage:
    title = " ".join(title.split())[:200]
    if not title:
        raise NotAllowed(NO_TITLE)
    if found := REVEALING_WORDS.search(title):
        raise NotAllowed(NOT_NEUTRAL.format(word=found[0]))
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    index = ConsultationIndexPage.objects.filter(locale=locale).first()
    if index is None:
        raise NotAllowed(NO_HOME)
    slug = make_unique_slug(title, set(index.get_children().values_list("slug", flat=True)))
    page = ConsultationPage(
        **HAS_ALREADY | fields,
        locale=locale, live=False, title=title, draft_title=title, slug=slug, owner=by,
    )  # fmt: skip
    page.body = list(blocks) if page.wave_of else renew_block_ids(blocks)
    page = index.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    record_event("consultation begun", by=by, obj=page, source=source)
    return page


@transaction.atomic
def add_questions(*, page: ConsultationPage, questions: Iterable[RawBlock], by: Any) -> Revision:
    """A new revision of the newest draft, with these questions before the "about you" questions; those kept apart last."""
    chosen = list(questions)
    if not chosen:
        raise NotAllowed(NOTHING)
    draft = _lock_editable_draft(page, by)
    draft.body = insert_questions(list(draft.body.get_prep_value()), renew_block_ids(chosen))
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    record_event("questions added", by=by, obj=page, questions=len(chosen), revision=revision.pk)
    return revision


@transaction.atomic
def take_over_questions(*, page: ConsultationPage, by: Any) -> Revision:
    """A new revision of a draft that is a later wave, with what the wave before it asked when it was last published. What
    was translated of it needs a new check."""
    draft = _lock_editable_draft(page, by)
    past = draft.wave_of
    if past is None or past.first_published_at is None or draft.first_published_at is not None:
        raise NotAllowed(NO_EARLIER_WAVE)
    asked = last_published_page(past)
    draft.body = asked.body
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    copy_translations(past=past, asked=asked, copy=draft)
    record_event("questions added", by=by, obj=page, questions=len(asked.body), revision=revision.pk)
    return revision


@transaction.atomic
def undo_added_questions(*, page: ConsultationPage, added: Revision, by: Any) -> Revision:
    """Restore the questions from before the revision `added`, unless anyone has saved since.

    Only questions are restored: a moved last day or an emergency closing stays.
    """
    draft = _lock_editable_draft(page, by)
    latest = draft.get_latest_revision()
    before = page.revisions.filter(pk__lt=added.pk).order_by("-pk").first()
    if latest is None or latest.pk != added.pk or added.user_id != by.pk or before is None:
        raise NotAllowed(GONE)
    draft.body = before.as_object().body
    revision = draft.save_revision(user=by, previous_revision=before, log_action=True, clean=False)
    record_event("questions taken out again", by=by, obj=page, revision=revision.pk)
    return revision


def _lock_editable_draft(page: ConsultationPage, by: Any) -> ConsultationPage:
    fresh = ConsultationPage.objects.select_for_update().get(pk=page.pk)
    may = fresh.permissions_for_user(by)
    if fresh.is_translation or not may.can_edit() or may.page_locked():
        raise NotAllowed(LOCKED)
    draft: ConsultationPage = fresh.get_latest_revision_as_object()
    return draft


@transaction.atomic
def send_for_approval(*, page: ConsultationPage, by: Any) -> None:
    """Submit the newest draft to its safety check, unless blocking findings remain."""
    fresh = ConsultationPage.objects.select_for_update().get(pk=page.pk)
    if fresh.workflow_in_progress:
        raise NotAllowed(HANDED_ON)
    if not fresh.permissions_for_user(by).can_submit_for_moderation():
        raise NotAllowed(LOCKED)
    if build_findings_report(fresh).stopping:
        raise NotAllowed(STOPS)
    draft = fresh.get_latest_revision_as_object()
    try:  # an incomplete draft may be saved, but not submitted
        draft.full_clean()
        draft.body.stream_block.clean(draft.body)
    except ValidationError as error:
        raise NotAllowed(UNFINISHED) from error
    fresh.get_workflow().start(fresh, by)

"""Writing, translating and publishing a results page, and moving the day of our answer. Two people publish."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.publications import answer_clock_lookup, publication_wording
from insights.publications.answer_clock import why_not_move_answer
from insights.publications.models import AnswerMoved, Results
from insights.publications.publication_wording import (
    NOT_SEEN,
    PUBLISH_PERMISSION,
    SOURCE,
    check_reading_age,
)
from insights.publications.results_page import list_not_neutral_themes
from insights.releases.models import Release
from insights.releases.two_person_records import PublicationStatus, lock_record
from insights.releases.withheld_releases import refuse_tied_releases

MISSING = {
    "heard": "What people told us has no words in this language yet.",
    "heard_easy": "What people told us has no easy read in this language yet.",
}
BEGUN = "There is a draft already. Finish that one, or discard it."


@transaction.atomic
def begin_results(*, release: Release, by: Any, today: date | None = None) -> Results:
    """A draft from a published release, with the previous edition's words; its translations need confirming again."""
    require_permission(by, PUBLISH_PERMISSION)
    if release.status != PublicationStatus.PUBLISHED:
        raise ValidationError("Only a published release can be shown.")
    editions = Results.objects.filter(consultation=release.consultation)
    last = editions.order_by("-number").first()
    made = Results(
        consultation=release.consultation,
        number=last.number + 1 if last else 1,
        release=release,
        words=publication_wording.uncheck_translations(last.words) if last else {},
        made_on=today or timezone.localdate(),
        made_by=by,
    )
    try:
        with transaction.atomic():  # the constraint also stops two who begin at once
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(BEGUN) from error
    made.writers.add(by)
    record_event("results begun", by=by, obj=made, release=release.pk)
    return made


@transaction.atomic
def write_results(*, results: Results, by: Any, words: Mapping[str, Any]) -> Results:
    """Save the English words of a draft. `by` becomes a writer, and writers may not publish."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(results)
    if held.status != PublicationStatus.DRAFT:
        raise ValidationError("This edition is published. Begin the next one to change its words.")
    if not str(words.get("heard", "")).strip():
        raise ValidationError({"heard": "Say in a few short sentences what people told you."})
    words = publication_wording.strip_pasted_markup(words)
    if held.words.get(SOURCE) != words:
        held.words = publication_wording.replace_english(held.words, words)
        held.save(update_fields=["words"])
        held.writers.add(by)
        record_event("results written", by=by, obj=held)
    return held


def translate_results(*, results: Results, by: Any, language: str, words: Mapping[str, Any]) -> Results:
    return publication_wording.translate_publication(
        of=results, called="results", by=by, language=language, words=words
    )


def confirm_results_translation(
    *, results: Results, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> Results:
    return publication_wording.confirm_publication_translation(
        of=results, called="results", by=by, language=language, looked_at=looked_at, speaker=speaker, missing=MISSING
    )


@transaction.atomic
def publish_results(
    *, results: Results, by: Any, looked_at: str | None = None, hard_because: str = "", today: date | None = None
) -> Results:
    """A person who wrote none of it publishes the words that they saw: `looked_at` is the page's `Results.look` (code
    without a page leaves it out). Words above the audience's reading age need `hard_because` (X6)."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(results)
    if held.status == PublicationStatus.PUBLISHED:
        raise ValidationError("These results are published already.")
    if not held.words.get(SOURCE, {}).get("heard"):
        raise ValidationError("There are no words yet. Say in a few short sentences what people told you.")
    if not held.words[SOURCE].get("heard_easy"):
        raise ValidationError("There is no easy read yet. Every page of results has one.")
    refuse_tied_releases([held.release_id])
    if held.is_written_by(by):
        raise ValidationError("Two people publish results. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != held.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    if loud := list_not_neutral_themes(held):
        named = "; ".join(f"“{name}”" for name in loud)
        raise ValidationError(
            f"Someone may look over a child’s shoulder. Give these themes short words first: {named}."
        )
    check_reading_age(held.english, held.consultation, hard_because)
    held.mark_published(by, today or timezone.localdate())
    record_event("results published", by=by, obj=held, release=held.release_id, hard_because=hard_because.strip())
    return held


@transaction.atomic
def discard_results(*, results: Results, by: Any, looked_at: str | None = None) -> None:
    """Delete a draft. `looked_at` as in `publish_results`: nobody discards words that they did not see."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(results)
    if held.status != PublicationStatus.DRAFT:
        raise ValidationError("What is published stays. Publish the next edition instead.")
    if looked_at is not None and looked_at != held.look:
        raise ValidationError(NOT_SEEN)
    record_event("results discarded", by=by, obj=held)
    held.delete()


@transaction.atomic
def move_answer_day(
    *, consultation: Any, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> AnswerMoved:
    """Promise a later day, with a public reason. Moved in time, the clock runs until the new day; moved after the old
    day has passed, the answer stays late and people learn the new day."""
    require_permission(by, PUBLISH_PERMISSION)
    today = today or timezone.localdate()
    running = answer_clock_lookup.answer_clock_of(consultation, today)
    if running is None:
        raise ValidationError("This is still open, so no day has been promised yet that could move.")
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    refused = why_not_move_answer(current=running, to=to, why=words.get(SOURCE, ""))
    if refused:
        raise ValidationError(refused)
    moved = AnswerMoved.objects.create(
        consultation=consultation, was=running.hoped, now=to, why=words, made_on=today, made_by=by
    )
    record_event(
        "answer moved",
        by=by, obj=consultation, was=str(moved.was), until=str(to), late=running.late, reason=words[SOURCE],
    )  # fmt: skip
    return moved

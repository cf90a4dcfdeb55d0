"""Write, translate and publish member checks (“Did we hear you right?”). Publishing takes a second person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.models import Theme
from insights.publications import publication_wording
from insights.publications.member_checks import policies
from insights.publications.member_checks.models import Check
from insights.publications.models import Results
from insights.publications.publication_wording import (
    NOT_SEEN,
    PUBLISH_PERMISSION,
    SOURCE,
    check_reading_age,
)
from insights.releases.models import Release
from insights.releases.two_person_records import PublicationStatus, lock_record

MISSING = dict.fromkeys(("name", "summary"), "The name or the summary has no words in this language yet.")
BEGUN = "This theme of this release was put to people already."


@transaction.atomic
def begin_member_check(
    *, release: Release, theme: Theme, by: Any, words: Mapping[str, str], opens: date, closes: date,
    today: date | None = None,
) -> Check:  # fmt: skip
    """A draft about a theme with a shown number: to ask about a hidden one would disclose that someone spoke of it."""
    require_permission(by, PUBLISH_PERMISSION)
    if release.status != PublicationStatus.PUBLISHED:
        raise ValidationError("Only a theme of a published release can be asked about.")
    if not policies.has_shown_number(release, theme):
        raise ValidationError(
            "The number of this theme is hidden. To ask about it would say that someone spoke of it."
        )
    _require_no_problems(release.consultation, words, opens, closes)
    made = Check(
        consultation=release.consultation, release=release, theme=theme, words={SOURCE: dict(words)},
        opens=opens, closes=closes, made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():  # the constraint also stops two who begin at once
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(BEGUN) from error
    made.writers.add(by)
    record_event("check begun", by=by, obj=made, release=release.pk, theme=theme.pk)
    return made


def _require_no_problems(consultation: Any, words: Mapping[str, str], opens: date, closes: date) -> None:
    if problems := policies.find_member_check_problems(words, opens, closes, handover.last_reply_day(consultation)):
        raise ValidationError(problems)


@transaction.atomic
def write_member_check(*, check: Check, by: Any, words: Mapping[str, str], opens: date, closes: date) -> Check:
    """Save the English words and the days of a draft; translations need confirming again."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(check)
    if held.status != PublicationStatus.DRAFT:
        raise ValidationError("This is public. Its words and days stay.")
    _require_no_problems(held.consultation, words, opens, closes)
    if held.words.get(SOURCE) != dict(words):
        held.words = publication_wording.replace_english(held.words, words)
    held.opens, held.closes = opens, closes
    held.save(update_fields=["words", "opens", "closes"])
    held.writers.add(by)
    record_event("check written", by=by, obj=held)
    return held


def translate_member_check(*, check: Check, by: Any, language: str, words: Mapping[str, str]) -> Check:
    if loud := policies.find_words_not_neutral(words):
        raise ValidationError(loud)
    return publication_wording.translate_publication(of=check, called="check", by=by, language=language, words=words)


def confirm_member_check_translation(
    *, check: Check, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> Check:
    return publication_wording.confirm_publication_translation(
        of=check, called="check", by=by, language=language, looked_at=looked_at, speaker=speaker, missing=MISSING
    )


@transaction.atomic
def publish_member_check(
    *, check: Check, by: Any, looked_at: str | None = None, hard_because: str = "", today: date | None = None
) -> Check:
    """A person who wrote none of it publishes what they saw: `looked_at` is the page's `Check.look`. Words above the
    audience's reading age need `hard_because` (X6)."""
    require_permission(by, PUBLISH_PERMISSION)
    today = today or timezone.localdate()
    held = lock_record(check)
    if held.status == PublicationStatus.PUBLISHED:
        raise ValidationError("This is public already.")
    if held.is_written_by(by):
        raise ValidationError("Two people publish this. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != held.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    if Results.objects.newest_of(held.consultation) is None:
        raise ValidationError("Publish the results first: people come to this question from there.")
    if held.closes < today:
        raise ValidationError("The last day has passed. Choose a later one.")
    _require_no_problems(held.consultation, held.words[SOURCE], held.opens, held.closes)
    check_reading_age(held.words[SOURCE].get("summary", ""), held.consultation, hard_because)
    held.mark_published(by, today)
    record_event("check published", by=by, obj=held, hard_because=hard_because.strip())
    return held


@transaction.atomic
def discard_member_check(*, check: Check, by: Any, looked_at: str | None = None) -> None:
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(check)
    if held.status != PublicationStatus.DRAFT:
        raise ValidationError("What is public stays.")
    if looked_at is not None and looked_at != held.look:
        raise ValidationError(NOT_SEEN)
    record_event("check discarded", by=by, obj=held)
    held.delete()

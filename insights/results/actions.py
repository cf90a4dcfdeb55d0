"""Writing, translating and publishing a results page, and moving the day of our answer. Two people publish."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consultation.audit.log import record
from insights.decisions import checking
from insights.reports.models import Release, ReleaseStatus
from insights.results import current
from insights.results.clock import why_not_move
from insights.results.models import AnswerMoved, Results, ResultsStatus
from insights.results.showing import not_neutral

SOURCE = settings.LANGUAGE_CODE
MAY = "insights.publish_decision"  # "publish a decision or feedback page"


def _may(by: Any) -> None:
    if not by.has_perm(MAY):
        raise PermissionDenied("Your role cannot do this.")


@transaction.atomic
def begin(*, release: Release, by: Any, today: date | None = None) -> Results:
    """A draft from a published release; the words of the edition before it come along, translations to be checked."""
    _may(by)
    if release.status != ReleaseStatus.PUBLISHED:
        raise ValidationError("Only a published release can be shown.")
    editions = Results.objects.filter(consultation=release.consultation)
    if editions.filter(status=ResultsStatus.DRAFT).exists():
        raise ValidationError("There is a draft already. Finish that one, or throw it away.")
    last = editions.order_by("-number").first()
    made = Results.objects.create(
        consultation=release.consultation,
        number=(editions.aggregate(n=Max("number"))["n"] or 0) + 1,
        release=release,
        words=_unchecked(last.words) if last else {},
        made_on=today or timezone.localdate(),
        made_by=by,
    )
    made.writers.add(by)
    record("results begun", by=by, obj=made, release=release.pk)
    return made


@transaction.atomic
def write(*, results: Results, by: Any, words: Mapping[str, Any]) -> Results:
    """The English words of a draft. Whoever writes is a writer, and writers do not publish."""
    _may(by)
    locked = _locked(results)
    if locked.status != ResultsStatus.DRAFT:
        raise ValidationError("This edition is published. Begin the next one to change its words.")
    if not str(words.get("heard", "")).strip():
        raise ValidationError({"heard": "Say in a few short sentences what people told you."})
    if locked.words.get(SOURCE) != dict(words):
        locked.words = _unchecked(locked.words) | {SOURCE: dict(words)}
        locked.save(update_fields=["words"])
        locked.writers.add(by)
        record("results written", by=by, obj=locked)
    return locked


@transaction.atomic
def translate(*, results: Results, by: Any, language: str, words: Mapping[str, Any]) -> Results:
    """Words in another language, of a draft or of what is public already. They show when someone who wrote none of them
    has confirmed them (X7, `confirm`); until then the English stands there and says so."""
    _may(by)
    if language == SOURCE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    locked = _locked(results)
    kept = locked.words.get(language) or {}
    new = checking.written(words, kept, by=by)
    if new == kept:
        return locked
    locked.words = locked.words | {language: new}
    locked.save(update_fields=["words"])
    if locked.status == ResultsStatus.DRAFT:
        locked.writers.add(by)
    record("results translated", by=by, obj=locked, language=language)
    return locked


@transaction.atomic
def confirm(*, results: Results, by: Any, language: str, looked_at: str | None = None, speaker: str = "") -> Results:
    """Someone who wrote none of the translation says in their own name that it is right: from now on it shows.
    `looked_at`: what they had before them (`checking.look`); left out by code that has the words itself."""
    _may(by)
    locked = _locked(results)
    words, english = locked.words.get(language) or {}, locked.words.get(SOURCE) or {}
    if language == SOURCE:
        raise ValidationError(checking.NOTHING)
    if refused := checking.why_not_confirm(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    if not str(words.get("heard", "")).strip():
        raise ValidationError("What people told us has no words in this language yet.")
    locked.words = locked.words | {language: checking.confirmed(words, by=by, speaker=speaker)}
    locked.save(update_fields=["words"])
    record("results translation checked", by=by, obj=locked, language=language, words=checking.look(words, english))
    return locked


@transaction.atomic
def publish(*, results: Results, by: Any, looked_at: str | None = None, today: date | None = None) -> Results:
    """A person who wrote none of it makes it public: the words that they had before them (`Results.look`), and no others.
    Left out by code that has the words itself."""
    _may(by)
    locked = _locked(results)
    if locked.status == ResultsStatus.PUBLISHED:
        raise ValidationError("These results are published already.")
    if not locked.words.get(SOURCE, {}).get("heard"):
        raise ValidationError("There are no words yet. Say in a few short sentences what people told you.")
    if locked.is_written_by(by):
        raise ValidationError("Two people publish results. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    if loud := not_neutral(locked):
        named = "; ".join(f"“{name}”" for name in loud)
        raise ValidationError(
            f"Someone may look over a child’s shoulder. Give these themes short words first: {named}."
        )
    locked.status = ResultsStatus.PUBLISHED
    locked.published_by, locked.published_on = by, today or timezone.localdate()
    locked.save(update_fields=["status", "published_by", "published_on"])
    record("results published", by=by, obj=locked, release=locked.release_id)
    return locked


@transaction.atomic
def discard(*, results: Results, by: Any) -> None:
    _may(by)
    locked = _locked(results)
    if locked.status != ResultsStatus.DRAFT:
        raise ValidationError("What is published stays. Publish the next edition instead.")
    record("results discarded", by=by, obj=locked)
    locked.delete()


@transaction.atomic
def move_answer(
    *, consultation: Any, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> AnswerMoved:
    """Promise a later day, with a reason that everyone may read. Moved in time the clock runs until then; moved after
    the day has passed, it is late and stays late, and people learn a new day."""
    _may(by)
    today = today or timezone.localdate()
    running = current.clock_of(consultation, today)
    if running is None:
        raise ValidationError("This is still open, so no day has been promised yet that could move.")
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    refused = why_not_move(current=running, to=to, why=words.get(SOURCE, ""))
    if refused:
        raise ValidationError(refused)
    moved = AnswerMoved.objects.create(
        consultation=consultation, was=running.hoped, now=to, why=words, made_on=today, made_by=by
    )
    record(
        "answer moved",
        by=by, obj=consultation, was=str(moved.was), until=str(to), late=running.late, reason=words[SOURCE],
    )  # fmt: skip
    return moved


def _unchecked(words: Mapping[str, Any]) -> dict[str, Any]:
    """The translations stay, and wait for a person again: nobody has checked them against what the English says now."""
    return {
        language: dict(said) if language == SOURCE else checking.unchecked(said) for language, said in words.items()
    }


def _locked(results: Results) -> Results:
    found: Results = Results.objects.select_for_update().get(pk=results.pk)
    return found

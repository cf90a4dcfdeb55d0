"""Writing, translating and publishing a “Did we hear you right?”. Two people publish, as with everything public."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from insights.checks import policies
from insights.checks.models import Check, CheckStatus
from insights.coding.models import Theme
from insights.decisions import checking
from insights.reports.models import Release, ReleaseStatus
from insights.results.models import Results

SOURCE = settings.LANGUAGE_CODE
MAY = "insights.publish_decision"  # "publish a decision or feedback page"


def _may(by: Any) -> None:
    if not by.has_perm(MAY):
        raise PermissionDenied("Your role cannot do this.")


@transaction.atomic
def begin(
    *, release: Release, theme: Theme, by: Any, words: Mapping[str, str], opens: date, closes: date,
    today: date | None = None,
) -> Check:  # fmt: skip
    """A draft about a theme whose number everyone may know: a hidden one would be told by the question itself."""
    _may(by)
    if release.status != ReleaseStatus.PUBLISHED:
        raise ValidationError("Only a theme of a published release can be asked about.")
    if not policies.has_a_number(release, theme):
        raise ValidationError(
            "The number of this theme is hidden. To ask about it would say that someone spoke of it."
        )
    if Check.objects.filter(release=release, theme=theme).exists():
        raise ValidationError("This theme of this release was put to people already.")
    _check(words, opens, closes)
    made = Check.objects.create(
        consultation=release.consultation, release=release, theme=theme, words={SOURCE: dict(words)},
        opens=opens, closes=closes, made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    made.writers.add(by)
    record("check begun", by=by, obj=made, release=release.pk, theme=theme.pk)
    return made


def _check(words: Mapping[str, str], opens: date, closes: date) -> None:
    if problems := policies.problems(words, opens, closes):
        raise ValidationError(problems)


@transaction.atomic
def write(*, check: Check, by: Any, words: Mapping[str, str], opens: date, closes: date) -> Check:
    """The English words and the days of a draft; translations wait for a person again."""
    _may(by)
    locked = _locked(check)
    if locked.status != CheckStatus.DRAFT:
        raise ValidationError("This is public. Its words and days stay.")
    _check(words, opens, closes)
    if locked.words.get(SOURCE) != dict(words):
        others = {language: checking.unchecked(said) for language, said in locked.words.items()}
        locked.words = others | {SOURCE: dict(words)}
    locked.opens, locked.closes = opens, closes
    locked.save(update_fields=["words", "opens", "closes"])
    locked.writers.add(by)
    record("check written", by=by, obj=locked)
    return locked


@transaction.atomic
def translate(*, check: Check, by: Any, language: str, words: Mapping[str, str]) -> Check:
    """Words in another language, of a draft or of what is public already. They show when someone who wrote none of them
    has confirmed them (X7, `confirm`); until then the English stands there and says so."""
    _may(by)
    if language == SOURCE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    if loud := policies.loud(words):
        raise ValidationError(loud)
    locked = _locked(check)
    kept = locked.words.get(language) or {}
    new = checking.written(words, kept, by=by)
    if new == kept:
        return locked
    locked.words = locked.words | {language: new}
    locked.save(update_fields=["words"])
    if locked.status == CheckStatus.DRAFT:
        locked.writers.add(by)
    record("check translated", by=by, obj=locked, language=language)
    return locked


@transaction.atomic
def confirm(*, check: Check, by: Any, language: str, looked_at: str | None = None, speaker: str = "") -> Check:
    """Someone who wrote none of the translation says in their own name that it is right: from now on it shows.
    `looked_at`: what they had before them (`checking.look`); left out by code that has the words itself."""
    _may(by)
    locked = _locked(check)
    words, english = locked.words.get(language) or {}, locked.words.get(SOURCE) or {}
    if language == SOURCE:
        raise ValidationError(checking.NOTHING)
    if refused := checking.why_not_confirm(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    if not (words.get("name") and words.get("summary")):
        raise ValidationError("The name or the summary has no words in this language yet.")
    locked.words = locked.words | {language: checking.confirmed(words, by=by, speaker=speaker)}
    locked.save(update_fields=["words"])
    record("check translation checked", by=by, obj=locked, language=language, words=checking.look(words, english))
    return locked


@transaction.atomic
def publish(*, check: Check, by: Any, looked_at: str | None = None, today: date | None = None) -> Check:
    """A person who wrote none of it makes it public: what they had before them (`Check.look`), and nothing else."""
    _may(by)
    today = today or timezone.localdate()
    locked = _locked(check)
    if locked.status == CheckStatus.PUBLISHED:
        raise ValidationError("This is public already.")
    if locked.made_by_id == by.pk or locked.writers.filter(pk=by.pk).exists():
        raise ValidationError("Two people publish this. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    if Results.objects.newest_of(locked.consultation) is None:
        raise ValidationError("Publish the results first: people come to this question from there.")
    if locked.closes < today:
        raise ValidationError("The last day has passed. Choose a later one.")
    locked.status = CheckStatus.PUBLISHED
    locked.published_by, locked.published_on = by, today
    locked.save(update_fields=["status", "published_by", "published_on"])
    record("check published", by=by, obj=locked)
    return locked


@transaction.atomic
def discard(*, check: Check, by: Any) -> None:
    _may(by)
    locked = _locked(check)
    if locked.status != CheckStatus.DRAFT:
        raise ValidationError("What is public stays.")
    record("check discarded", by=by, obj=locked)
    locked.delete()


def _locked(check: Check) -> Check:
    found: Check = Check.objects.select_for_update().get(pk=check.pk)
    return found

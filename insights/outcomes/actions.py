"""Write, evidence and publish the outcome of a decision; each step writes its ledger entry in the same transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record as audit
from insights.coding.models import Theme
from insights.decisions import checking
from insights.decisions.models import Decision, DecisionStatus, LedgerEntry
from insights.outcomes import figures, policies
from insights.outcomes.models import OutcomeEvidence, OutcomeStatus, OutcomeUpdate, Verdict
from insights.reports.models import Release

SOURCE = settings.LANGUAGE_CODE
MAY_PUBLISH = "insights.publish_decision"  # "publish a decision or feedback page"


def may_publish(by: Any) -> None:
    if not by.has_perm(MAY_PUBLISH):
        raise PermissionDenied("Your role cannot do this.")


def may_write(by: Any) -> None:
    if not policies.may_write(by):
        raise PermissionDenied("Your role cannot do this.")


def enter(verb: str, decision: Decision, by: Any, **data: Any) -> None:
    """Append a ledger entry. `data` holds ids, figures after disclosure control and hashes; never words."""
    LedgerEntry.objects.append(
        day=timezone.localdate().isoformat(),
        actor=str(by.pk) if by else "",
        verb=verb,
        decision=decision.slug,
        data=data,
    )


def check_public(decision: Decision) -> None:
    if decision.status != DecisionStatus.PUBLISHED:
        raise ValidationError("Publish the decision first. Then say what came of it.")


@transaction.atomic
def begin(
    *, decision: Decision, by: Any, verdict: str, words: Mapping[str, str], today: date | None = None
) -> OutcomeUpdate:
    """Create a draft of what came of a decision, in short words for everyone."""
    may_write(by)
    check_public(decision)
    _check(verdict, words)
    made = OutcomeUpdate.objects.create(
        decision=decision, verdict=verdict, words={SOURCE: dict(words)}, made_on=today or timezone.localdate(), made_by=by
    )  # fmt: skip
    made.writers.add(by)
    enter("outcome recorded", decision, by, outcome=made.pk, verdict=verdict, content=made.look, **made.record)
    return made


def _check(verdict: str, words: Mapping[str, str]) -> None:
    found = policies.problems(words)
    if verdict not in Verdict.values:
        found["verdict"] = "Say whether it worked."
    if found:
        raise ValidationError(found)


@transaction.atomic
def write(*, update: OutcomeUpdate, by: Any, verdict: str, words: Mapping[str, str]) -> OutcomeUpdate:
    """Change the English of a draft; its translations lose their confirmation."""
    may_write(by)
    locked = _draft(update)
    _check(verdict, words)
    if (locked.verdict, locked.english) != (verdict, dict(words)):
        others = {language: checking.unchecked(said) for language, said in locked.words.items()}
        locked.verdict, locked.words = verdict, others | {SOURCE: dict(words)}
        locked.save(update_fields=["verdict", "words"])
        _changed(locked, by)
    return locked


def _changed(update: OutcomeUpdate, by: Any) -> None:
    update.writers.add(by)
    said = {"outcome": update.pk, "verdict": update.verdict, "content": update.look}
    enter("outcome changed", update.decision, by, **said, **update.record)


@transaction.atomic
def cite_theme(*, update: OutcomeUpdate, by: Any, release: Release, theme: Theme, bearing: str) -> OutcomeEvidence:
    """Cite a theme of a later release, with its figure as shown."""
    return _cite(update, by, bearing, release=release, theme=theme, seen=figures.seen_theme(release, theme))


@transaction.atomic
def cite_answer(
    *,
    update: OutcomeUpdate,
    by: Any,
    release: Release,
    question: str,
    option: str,
    bearing: str,
    before: Release | None = None,
) -> OutcomeEvidence:
    """Cite an answer in a later release, beside the same answer in an earlier one (`before`) or the reason why the two
    cannot be compared."""
    seen = figures.seen_answer(release, question, option, before)
    return _cite(update, by, bearing, release=release, question=question, option=option, before=before, seen=seen)


def _cite(update: OutcomeUpdate, by: Any, bearing: str, **cited: Any) -> OutcomeEvidence:
    may_write(by)
    locked = _draft(update)
    if not figures.later_releases(locked.decision).filter(pk=cited["release"].pk).exists():
        raise ValidationError("Only a published release that was made after the decision can show what came of it.")
    if bearing not in Verdict.values:
        raise ValidationError({"bearing": "Say what this shows."})
    evidence = OutcomeEvidence(update=locked, bearing=bearing, **cited)
    evidence.validate_constraints()
    evidence.save()
    _changed(locked, by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: OutcomeEvidence, by: Any) -> None:
    may_write(by)
    locked = _draft(evidence.update)
    evidence.delete()
    _changed(locked, by)


@transaction.atomic
def translate(*, update: OutcomeUpdate, by: Any, language: str, words: Mapping[str, str]) -> OutcomeUpdate:
    """Save a translation of a draft or a published outcome. It shows after a person who wrote none of it confirms it
    (X7, `confirm`); until then the page shows the English and says so."""
    locked = _translatable(update, by)
    if language == SOURCE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    if loud := policies.loud(words):
        raise ValidationError(loud)
    kept = locked.words.get(language) or {}
    new = checking.written(words, kept, by=by)
    if new != kept:
        locked.words = locked.words | {language: new}
        locked.save(update_fields=["words"])
        if locked.status == OutcomeStatus.DRAFT:
            locked.writers.add(by)
        enter("outcome translated", locked.decision, by, outcome=locked.pk, language=language, **locked.record)
    return locked


@transaction.atomic
def confirm(
    *, update: OutcomeUpdate, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> OutcomeUpdate:
    """Confirm a translation as a person who wrote none of it: from now on it shows.
    `looked_at`: hash of the words on their screen (`checking.look`); code without a screen leaves it out."""
    locked = _translatable(update, by)
    words, english = locked.words.get(language) or {}, locked.english
    if language == SOURCE or not words.get("words"):
        raise ValidationError(checking.NOTHING)
    if refused := checking.why_not_confirm(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    locked.words = locked.words | {language: checking.confirmed(words, by=by, speaker=speaker)}
    locked.save(update_fields=["words"])
    said = {"outcome": locked.pk, "language": language, "words": checking.look(words, english)}
    enter("outcome translation checked", locked.decision, by, **said, **locked.record)
    return locked


@transaction.atomic
def publish(
    *, update: OutcomeUpdate, by: Any, looked_at: str | None = None, hard_because: str = "", today: date | None = None
) -> OutcomeUpdate:
    """Publish as a person who wrote none of it. `looked_at`: hash of the state on their screen (`OutcomeUpdate.look`).
    `hard_because`: the reason for words that are harder to read than the audience's limit (X6)."""
    may_publish(by)
    locked = _locked(update)
    if locked.status == OutcomeStatus.PUBLISHED:
        raise ValidationError("This is public already.")
    if locked.is_written_by(by):
        raise ValidationError("Two people publish this. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    _check_reading_age(locked, hard_because)
    locked.status, locked.hard_because = OutcomeStatus.PUBLISHED, hard_because.strip()
    locked.published_by, locked.published_on = by, today or timezone.localdate()
    locked.save(update_fields=["status", "hard_because", "published_by", "published_on"])
    said = {"outcome": locked.pk, "verdict": locked.verdict, "content": locked.look}
    enter("outcome published", locked.decision, by, **said, **locked.record)
    audit("outcome published", by=by, obj=locked, verdict=locked.verdict)
    return locked


def _check_reading_age(update: OutcomeUpdate, hard_because: str) -> None:
    grade, most = policies.hardness(update.english, update.decision.consultations.all())
    if grade > most and not hard_because.strip():
        raise ValidationError(
            f"These words need school grade {grade}; {most} is the most. Write them shorter, or say why they stay."
        )


@transaction.atomic
def discard(*, update: OutcomeUpdate, by: Any, looked_at: str | None = None) -> None:
    may_write(by)
    locked = _draft(update)
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and throw it away then.")
    enter("outcome discarded", locked.decision, by, outcome=locked.pk)
    locked.delete()


def _locked(update: OutcomeUpdate) -> OutcomeUpdate:
    found: OutcomeUpdate | None = OutcomeUpdate.objects.select_for_update().filter(pk=update.pk).first()
    if found is None:
        raise ValidationError("Someone has thrown it away already.")
    return found


def _translatable(update: OutcomeUpdate, by: Any) -> OutcomeUpdate:
    locked = _locked(update)
    if not policies.may_translate(by, locked):
        raise PermissionDenied("Your role cannot do this.")
    return locked


def _draft(update: OutcomeUpdate) -> OutcomeUpdate:
    locked = _locked(update)
    if locked.status != OutcomeStatus.DRAFT:
        raise ValidationError("It is public: what it says stays. Write the next update.")
    return locked

"""Write, evidence and publish the outcome of a decision; each step writes its ledger entry in the same transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from insights.coding.models import Theme
from insights.decisions import translation_confirmation
from insights.decisions.ledger_entries import append_ledger_entry
from insights.decisions.models import Decision, DecisionStatus
from insights.decisions.outcomes import outcome_figures, policies
from insights.decisions.outcomes.models import OutcomeEvidence, OutcomeStatus, OutcomeUpdate, OutcomeVerdict
from insights.decisions.reached_measures import Reached, freeze_measures
from insights.releases.models import Release
from insights.releases.two_person_records import lock_record

SOURCE = settings.LANGUAGE_CODE
MAY_PUBLISH = "insights.publish_decision"  # "publish a decision or feedback page"


def require_published(decision: Decision) -> None:
    if decision.status != DecisionStatus.PUBLISHED:
        raise ValidationError("Publish the decision first. Then say what came of it.")


@transaction.atomic
def draft_outcome(
    *,
    decision: Decision,
    by: Any,
    verdict: str,
    words: Mapping[str, str],
    reached: Reached | None = None,
    today: date | None = None,
) -> OutcomeUpdate:
    """Create a draft of what came of a decision, in short words for everyone. `reached`: see `freeze_measures`."""
    require_permission(by, policies.may_write_outcomes)
    require_published(decision)
    _validate_outcome(verdict, words)
    made = OutcomeUpdate.objects.create(
        decision=decision, verdict=verdict, words={SOURCE: dict(words)}, reached=freeze_measures(decision, reached or {}),
        made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    made.writers.add(by)
    append_ledger_entry(
        "outcome recorded", decision, by, outcome=made.pk, verdict=verdict, content=made.look, **made.record
    )
    return made


def _validate_outcome(verdict: str, words: Mapping[str, str]) -> None:
    found = policies.list_word_problems(words)
    if verdict not in OutcomeVerdict.values:
        found["verdict"] = "Say whether it worked."
    if found:
        raise ValidationError(found)


@transaction.atomic
def change_outcome(
    *, update: OutcomeUpdate, by: Any, verdict: str, words: Mapping[str, str], reached: Reached | None = None
) -> OutcomeUpdate:
    """Change the English of a draft; its translations lose their confirmation. `reached` None: it stays."""
    require_permission(by, policies.may_write_outcomes)
    locked = _lock_draft(update)
    _validate_outcome(verdict, words)
    kept = locked.reached if reached is None else freeze_measures(locked.decision, reached)
    if (locked.verdict, locked.english, locked.reached) != (verdict, dict(words), kept):
        others = {
            language: translation_confirmation.clear_confirmation(said) for language, said in locked.words.items()
        }
        locked.verdict, locked.words, locked.reached = verdict, others | {SOURCE: dict(words)}, kept
        locked.save(update_fields=["verdict", "words", "reached"])
        _record_change(locked, by)
    return locked


def _record_change(update: OutcomeUpdate, by: Any) -> None:
    update.writers.add(by)
    said = {"outcome": update.pk, "verdict": update.verdict, "content": update.look}
    append_ledger_entry("outcome changed", update.decision, by, **said, **update.record)


@transaction.atomic
def cite_theme(*, update: OutcomeUpdate, by: Any, release: Release, theme: Theme, bearing: str) -> OutcomeEvidence:
    """Cite a theme of a later release, with its figure as shown."""
    return _save_evidence(
        update, by, bearing, release=release, theme=theme, seen=outcome_figures.freeze_theme_evidence(release, theme)
    )


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
    seen = outcome_figures.freeze_answer_evidence(release, question, option, before)
    return _save_evidence(
        update, by, bearing, release=release, question=question, option=option, before=before, seen=seen
    )


def _save_evidence(update: OutcomeUpdate, by: Any, bearing: str, **cited: Any) -> OutcomeEvidence:
    require_permission(by, policies.may_write_outcomes)
    locked = _lock_draft(update)
    if not outcome_figures.later_releases(locked.decision).filter(pk=cited["release"].pk).exists():
        raise ValidationError("Only a published release that was made after the decision can show what came of it.")
    if bearing not in OutcomeVerdict.values:
        raise ValidationError({"bearing": "Say what this shows."})
    evidence = OutcomeEvidence(update=locked, bearing=bearing, **cited)
    evidence.validate_constraints()
    evidence.save()
    _record_change(locked, by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: OutcomeEvidence, by: Any) -> None:
    require_permission(by, policies.may_write_outcomes)
    locked = _lock_draft(evidence.update)
    evidence.delete()
    _record_change(locked, by)


@transaction.atomic
def translate_outcome(*, update: OutcomeUpdate, by: Any, language: str, words: Mapping[str, str]) -> OutcomeUpdate:
    """Save a translation of a draft or a published outcome. It shows after a person who wrote none of it confirms it
    (X7, `confirm_translation`); until then the page shows the English and says so."""
    locked = _lock_translatable(update, by)
    if language == SOURCE or language not in dict(settings.LANGUAGES):
        raise ValidationError("That is not a language of this site.")
    if loud := policies.list_unneutral_fields(words):
        raise ValidationError(loud)
    kept = locked.words.get(language) or {}
    new = translation_confirmation.update_translation(words, kept, by=by)
    if new != kept:
        locked.words = locked.words | {language: new}
        locked.save(update_fields=["words"])
        if locked.status == OutcomeStatus.DRAFT:
            locked.writers.add(by)
        append_ledger_entry(
            "outcome translated", locked.decision, by, outcome=locked.pk, language=language, **locked.record
        )
    return locked


@transaction.atomic
def confirm_translation(
    *, update: OutcomeUpdate, by: Any, language: str, looked_at: str | None = None, speaker: str = ""
) -> OutcomeUpdate:
    """Confirm a translation as a person who wrote none of it: from now on it shows.
    `looked_at`: hash of the words on their screen (`translation_confirmation.hash_translation_state`); code without a
    screen leaves it out."""
    locked = _lock_translatable(update, by)
    words, english = locked.words.get(language) or {}, locked.english
    if language == SOURCE or not words.get("words"):
        raise ValidationError(translation_confirmation.NOTHING)
    if refused := translation_confirmation.confirmation_refusal(words, english, by=by, looked_at=looked_at):
        raise ValidationError(refused)
    locked.words = locked.words | {language: translation_confirmation.mark_confirmed(words, by=by, speaker=speaker)}
    locked.save(update_fields=["words"])
    seen = translation_confirmation.hash_translation_state(words, english)
    said = {"outcome": locked.pk, "language": language, "words": seen}
    append_ledger_entry("outcome translation checked", locked.decision, by, **said, **locked.record)
    return locked


@transaction.atomic
def publish_outcome(
    *, update: OutcomeUpdate, by: Any, looked_at: str | None = None, hard_because: str = "", today: date | None = None
) -> OutcomeUpdate:
    """Publish as a person who wrote none of it. `looked_at`: hash of the state on their screen (`OutcomeUpdate.look`).
    `hard_because`: the reason for words that are harder to read than the audience's limit (X6)."""
    require_permission(by, MAY_PUBLISH)
    locked = lock_record(update)
    if locked.status == OutcomeStatus.PUBLISHED:
        raise ValidationError("This is public already.")
    if locked.is_written_by(by):
        raise ValidationError("Two people publish this. Ask a colleague who did not write any of it.")
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and publish it then.")
    grade, most = policies.measure_readability(locked.english, locked.decision.consultations.all())
    if grade > most and not hard_because.strip():
        too = handover.describe_reading_age(grade, most)
        raise ValidationError(f"{too}. Write it shorter, or say why it stays.")
    locked.mark_published(by, today or timezone.localdate(), hard_because=hard_because.strip())
    said = {"outcome": locked.pk, "verdict": locked.verdict, "content": locked.look}
    append_ledger_entry("outcome published", locked.decision, by, **said, **locked.record)
    audit("outcome published", by=by, obj=locked, verdict=locked.verdict)
    return locked


@transaction.atomic
def discard_outcome(*, update: OutcomeUpdate, by: Any, looked_at: str | None = None) -> None:
    require_permission(by, policies.may_write_outcomes)
    locked = _lock_draft(update)
    if looked_at is not None and looked_at != locked.look:
        raise ValidationError("Someone wrote in this after you opened it. Look at it again, and discard it then.")
    append_ledger_entry("outcome discarded", locked.decision, by, outcome=locked.pk)
    locked.delete()


def _lock_translatable(update: OutcomeUpdate, by: Any) -> OutcomeUpdate:
    locked = lock_record(update)
    require_permission(by, policies.may_translate_outcome, locked)
    return locked


def _lock_draft(update: OutcomeUpdate) -> OutcomeUpdate:
    locked = lock_record(update)
    if locked.status != OutcomeStatus.DRAFT:
        raise ValidationError("It is public: what it says stays. Write the next update.")
    return locked

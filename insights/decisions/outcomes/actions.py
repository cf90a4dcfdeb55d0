"""Write, evidence and publish the outcome of a decision; each step writes its ledger entry in the same transaction."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from consultation.domain.calendar_quarters import Quarter
from insights.coding.models import Theme
from insights.decisions.ledger_entries import append_ledger_entry
from insights.decisions.models import Decision, DecisionStatus
from insights.decisions.neutral_titles import list_unneutral_fields
from insights.decisions.outcomes import outcome_figures, policies
from insights.decisions.outcomes.models import OutcomeEvidence, OutcomeUpdate, OutcomeVerdict
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.reached_measures import Reached, freeze_measures
from insights.publishing.lifecycle import Lifecycle
from insights.publishing.records import SOURCE
from insights.publishing.translated_words import TranslatedWords
from insights.publishing.translation_confirmation import NOTHING
from insights.releases.models import Release


class OutcomeLifecycle(Lifecycle[OutcomeUpdate], TranslatedWords[OutcomeUpdate]):
    name, begins, written = "outcome", "recorded", "changed"
    may_write = staticmethod(may_draft_or_publish)
    may_translate = staticmethod(policies.may_translate_outcome)
    stays = "It is public: what it says stays. Write the next update."
    required = {"words": NOTHING}

    def validate_draft(self, held: OutcomeUpdate) -> None:
        found = policies.list_word_problems(held.english)
        if held.verdict not in OutcomeVerdict.values:
            found["verdict"] = "Say whether it worked."
        if found:
            raise ValidationError(found)

    def validate_translation(self, words: Mapping[str, Any]) -> None:
        if loud := list_unneutral_fields(words, policies.WORDS):
            raise ValidationError(loud)

    def list_readings(self, held: OutcomeUpdate) -> Iterator[tuple[float, float]]:
        for page in held.decision.consultations.all():
            yield handover.grade_readability(held.english.get("words", ""), page)

    def record(self, verb: str, held: OutcomeUpdate, by: Any, **data: Any) -> None:
        if verb in ("recorded", "changed", "published"):
            data = {"verdict": held.verdict, "content": held.state_hash}
        if verb != "discarded":
            data |= held.record
        append_ledger_entry(f"outcome {verb}", held.decision, by, outcome=held.pk, **data)

    def record_publication(self, held: OutcomeUpdate, by: Any) -> None:
        self.record("published", held, by)
        audit("outcome published", by=by, obj=held, verdict=held.verdict)


OUTCOMES = OutcomeLifecycle()
publish_outcome, discard_outcome = OUTCOMES.publish, OUTCOMES.discard
translate_outcome, confirm_translation = OUTCOMES.translate, OUTCOMES.confirm_translation


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
    require_permission(by, OUTCOMES.may_write)
    require_published(decision)
    made = OutcomeUpdate(
        decision=decision, verdict=verdict, words={SOURCE: dict(words)}, reached=freeze_measures(decision, reached or {}),
        made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    OUTCOMES.validate_draft(made)
    return OUTCOMES.begin(made, by=by)


def change_outcome(
    update: OutcomeUpdate, *, by: Any, verdict: str, words: Mapping[str, str], reached: Reached | None = None
) -> OutcomeUpdate:
    """Change the English of a draft. `reached` None: it stays."""
    more = {} if reached is None else {"reached": freeze_measures(update.decision, reached)}
    return OUTCOMES.write(update, by=by, english=dict(words), verdict=verdict, **more)


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
    before: Release | Quarter | None = None,
) -> OutcomeEvidence:
    """Cite an answer in a later release, beside the same answer at an earlier time (`before`: a release of an earlier
    wave, or an earlier quarter of the same release) or the reason why the two cannot be compared."""
    quarter, _ = outcome_figures.split_key(question)
    if quarter and quarter.first <= update.decision.decided:
        raise ValidationError("Only a quarter that began after the decision can show what came of it.")
    seen = outcome_figures.freeze_answer_evidence(release, question, option, before)
    wave = before if isinstance(before, Release) else None
    return _save_evidence(
        update, by, bearing, release=release, question=question, option=option, before=wave, seen=seen
    )


def _save_evidence(update: OutcomeUpdate, by: Any, bearing: str, **cited: Any) -> OutcomeEvidence:
    require_permission(by, OUTCOMES.may_write)
    locked = OUTCOMES.lock_draft(update)
    if not outcome_figures.later_releases(locked.decision).filter(pk=cited["release"].pk).exists():
        raise ValidationError("Only a published release that was made after the decision can show what came of it.")
    if bearing not in OutcomeVerdict.values:
        raise ValidationError({"bearing": "Say what this shows."})
    evidence = OutcomeEvidence(update=locked, bearing=bearing, **cited)
    evidence.validate_constraints()
    evidence.save()
    OUTCOMES.record_writing(locked, by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: OutcomeEvidence, by: Any) -> None:
    require_permission(by, OUTCOMES.may_write)
    locked = OUTCOMES.lock_draft(evidence.update)
    evidence.delete()
    OUTCOMES.record_writing(locked, by)

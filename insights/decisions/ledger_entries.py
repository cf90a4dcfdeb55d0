"""Ledger entries of decisions, and the hashes in them."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.dispatch import Signal
from django.utils import timezone

from consultation.audit.models import canonical_json
from insights.decisions.models import Decision, LedgerEntry, ProgressNote

# With `entries`, oldest first. A capability that writes entries answers with the problems, in plain words, that it
# finds by comparing its tables with them.
proofs_asked = Signal()
HASHED_FIELDS = (
    "title", "we_asked", "you_said", "outcome", "we_did", "reason", "alternative", "lead_role", "agency",
    "partners", "decided", "due", "next_update", "progress", "measure", "easy", "links", "online", "status",
    "question", "audiences", "follows_id", "follows_how", "hard_because",
)  # fmt: skip
# Later fields: hashed only when set, so that the hashes of older entries still hold.
HASHED_WHEN_SET = ("question", "audiences", "follows_id", "follows_how", "hard_because")
# Verbs that make their actor a writer; a writer may not publish the decision.
WRITING_VERBS = (
    "recorded", "changed", "cited", "citation removed", "cited figure", "figure removed", "action plan written",
)  # fmt: skip
OPTION_FIELDS = ("words", "chosen", "why")
MEASURE_FIELDS = ("what", "unit", "baseline", "baseline_on", "target", "by", "consultation_id", "question")


def hash_decision_content(decision: Decision) -> str:
    """SHA-256 over the content of a decision: the ledger proves the words without repeating them."""
    content = {
        name: getattr(decision, name)
        for name in HASHED_FIELDS
        if name not in HASHED_WHEN_SET or getattr(decision, name)
    }
    content["consultations"] = sorted(page.pk for page in decision.consultations.all())
    for name, rows, fields in (
        ("options", decision.options.all(), OPTION_FIELDS),
        ("measures", decision.measures.all(), MEASURE_FIELDS),
    ):
        if rows:
            content[name] = [{field: _format_number(getattr(row, field)) for field in fields} for row in rows]
    return hash_canonical(content)


def hash_public_state(decision: Decision) -> str:
    """Hash of all that publication makes public: words, evidence and action plan. The publisher's form carries it, so
    a change since the page was opened is noticed."""
    cited = decision.citations.order_by("pk").values_list("release", "theme", "quote", "bearing")
    figures = decision.figure_citations.order_by("pk").values_list("figure", "row", "bearing")
    items = decision.items.order_by("pk").values_list("agency", "what", "lead_role", "due")
    rests = [hash_decision_content(decision), list(cited), list(figures), list(items)]
    return hash_canonical(rests)


def _format_number(value: Any) -> Any:
    """Write decimals with one place: forms and the two databases differ."""
    return f"{value:.1f}" if hasattr(value, "as_tuple") else value


def hash_canonical(said: Any) -> str:
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def decision_entry_data(decision: Decision) -> dict[str, Any]:
    """Entry data for a whole decision. Older entries hold `content` alone."""
    return {
        "content": hash_decision_content(decision),
        "published": publication_entry_data(decision),
        "translations": hash_translations(decision),
    }


def publication_entry_data(decision: Decision) -> list[Any]:
    """[day of publication, id of the publisher]"""
    return [decision.published_on and decision.published_on.isoformat(), decision.published_by_id]


def hash_translations(decision: Decision) -> dict[str, str]:
    """{language: hash of the words, their writers and who confirmed them}"""
    return {language: hash_canonical(said) for language, said in decision.translations.items()}


def list_differing_keys(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Keys whose values differ, or that only one side has."""
    return sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def note_entry_data(note: ProgressNote) -> dict[str, Any]:
    """Entry data for a progress note: its id, and hashes of its English, of all its languages and of its metadata."""
    words = hashlib.sha256(note.words["en"].encode()).hexdigest()
    return {"note": note.pk, "words": words, "spoken": hash_canonical(note.words), "told": hash_note_metadata(note)}


def hash_note_metadata(note: ProgressNote) -> str:
    """Hash of a note's decision, day, progress and writer."""
    return hash_canonical([note.decision.slug, note.day.isoformat(), note.progress, note.written_by_id])


def append_ledger_entry(verb: str, decision: Decision, by: Any, **data: Any) -> LedgerEntry:
    """Append a ledger entry; call it inside the transaction that makes the change."""
    entry: LedgerEntry = LedgerEntry.objects.append(
        day=timezone.localdate().isoformat(),
        actor=str(by.pk) if by else "",
        verb=verb,
        decision=decision.slug,
        data=data,
    )
    return entry

"""Ledger entries of decisions, and the hashes in them."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from consultation.audit.models import canonical
from insights.decisions.models import Decision, LedgerEntry, ProgressNote

SAID = (
    "title", "we_asked", "you_said", "outcome", "we_did", "reason", "alternative", "lead_role", "agency",
    "partners", "decided", "due", "next_update", "progress", "measure", "easy", "links", "online", "status",
    "question", "audiences", "follows_id", "follows_how",
)  # fmt: skip
# Later fields: hashed only when set, so that the hashes of older entries still hold.
SINCE = ("question", "audiences", "follows_id", "follows_how")
# Verbs that make their actor a writer; a writer may not publish the decision.
WRITING = (
    "recorded", "changed", "cited", "citation removed", "cited figure", "figure removed", "action plan written",
)  # fmt: skip
OPTION = ("words", "chosen", "why")
MEASURE = ("what", "unit", "baseline", "baseline_on", "target", "by", "consultation_id", "question")


def content_hash(decision: Decision) -> str:
    """SHA-256 over the content of a decision: the ledger proves the words without repeating them."""
    content = {name: getattr(decision, name) for name in SAID if name not in SINCE or getattr(decision, name)}
    content["consultations"] = sorted(page.pk for page in decision.consultations.all())
    for name, rows, fields in (
        ("options", decision.options.all(), OPTION),
        ("measures", decision.measures.all(), MEASURE),
    ):
        if rows:
            content[name] = [{field: _spelled(getattr(row, field)) for field in fields} for row in rows]
    return digest(content)


def look(decision: Decision) -> str:
    """Hash of all that publication makes public: words, evidence and action plan. The publisher's form carries it, so
    a change since the page was opened is noticed."""
    cited = decision.citations.order_by("pk").values_list("release", "theme", "quote", "bearing")
    figures = decision.figure_citations.order_by("pk").values_list("figure", "row", "bearing")
    items = decision.items.order_by("pk").values_list("agency", "what", "lead_role", "due")
    rests = [content_hash(decision), list(cited), list(figures), list(items)]
    return digest(rests)


def _spelled(value: Any) -> Any:
    """Write decimals with one place: forms and the two databases differ."""
    return f"{value:.1f}" if hasattr(value, "as_tuple") else value


def digest(said: Any) -> str:
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def stated(decision: Decision) -> dict[str, Any]:
    """Entry data for a whole decision. Older entries hold `content` alone."""
    return {"content": content_hash(decision), "published": published(decision), "translations": translated(decision)}


def published(decision: Decision) -> list[Any]:
    """[day of publication, id of the publisher]"""
    return [decision.published_on and decision.published_on.isoformat(), decision.published_by_id]


def translated(decision: Decision) -> dict[str, str]:
    """{language: hash of the words, their writers and who confirmed them}"""
    return {language: digest(said) for language, said in decision.translations.items()}


def differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Keys whose values differ, or that only one side has."""
    return sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def noted(note: ProgressNote) -> dict[str, Any]:
    """Entry data for a progress note: its id, and hashes of its English, of all its languages and of its metadata."""
    words = hashlib.sha256(note.words["en"].encode()).hexdigest()
    return {"note": note.pk, "words": words, "spoken": digest(note.words), "told": told(note)}


def told(note: ProgressNote) -> str:
    """Hash of a note's decision, day, progress and writer."""
    return digest([note.decision.slug, note.day.isoformat(), note.progress, note.written_by_id])


def enter(verb: str, decision: Decision, by: Any, **data: Any) -> LedgerEntry:
    """Append a ledger entry; call it inside the transaction that makes the change."""
    entry: LedgerEntry = LedgerEntry.objects.append(
        day=timezone.localdate().isoformat(),
        actor=str(by.pk) if by else "",
        verb=verb,
        decision=decision.slug,
        data=data,
    )
    return entry

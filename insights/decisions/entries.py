"""What the ledger holds of a decision: an entry for each step, and a hash over all that the decision says."""

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
# Asked for since: hashed where they say something, so that entries from before hold what they held.
SINCE = ("question", "audiences", "follows_id", "follows_how")
# Entries of whoever had a hand in a draft; a second person publishes it.
WRITING = (
    "recorded", "changed", "cited", "citation removed", "cited figure", "figure removed", "action plan written",
)  # fmt: skip
OPTION = ("words", "chosen", "why")
MEASURE = ("what", "unit", "baseline", "baseline_on", "target", "by", "consultation_id", "question")


def content_hash(decision: Decision) -> str:
    """SHA-256 over all that a decision says: the ledger proves it without repeating it."""
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
    """One state of all that becomes public with it: its words, its evidence, and what agencies promise in it. Whoever
    publishes has looked at this one."""
    cited = decision.citations.order_by("pk").values_list("release", "theme", "quote", "bearing")
    figures = decision.figure_citations.order_by("pk").values_list("figure", "row", "bearing")
    items = decision.items.order_by("pk").values_list("agency", "what", "lead_role", "due")
    rests = [content_hash(decision), list(cited), list(figures), list(items)]
    return digest(rests)


def _spelled(value: Any) -> Any:
    """A number has one spelling, whether it comes from a form or from either database."""
    return f"{value:.1f}" if hasattr(value, "as_tuple") else value


def digest(said: Any) -> str:
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def stated(decision: Decision) -> dict[str, Any]:
    """What an entry holds of a decision as a whole. Entries from before held its `content` alone."""
    return {"content": content_hash(decision), "published": published(decision), "translations": translated(decision)}


def published(decision: Decision) -> list[Any]:
    """The day on which it became public, and who made it so."""
    return [decision.published_on and decision.published_on.isoformat(), decision.published_by_id]


def translated(decision: Decision) -> dict[str, str]:
    """{language: a hash of all that is kept of it, who wrote and who checked it}"""
    return {language: digest(said) for language, said in decision.translations.items()}


def differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Keys that are gone, new, or no longer hold the same."""
    return sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def noted(note: ProgressNote) -> dict[str, Any]:
    """What an entry holds of a dated line for everyone: which one, a hash of its words, of the words in every language,
    and of the rest of it."""
    words = hashlib.sha256(note.words["en"].encode()).hexdigest()
    return {"note": note.pk, "words": words, "spoken": digest(note.words), "told": told(note)}


def told(note: ProgressNote) -> str:
    """A hash of all of a note but its words."""
    return digest([note.decision.slug, note.day.isoformat(), note.progress, note.written_by_id])


def enter(verb: str, decision: Decision, by: Any, **data: Any) -> LedgerEntry:
    """One entry, in the transaction of whatever it tells."""
    entry: LedgerEntry = LedgerEntry.objects.append(
        day=timezone.localdate().isoformat(),
        actor=str(by.pk) if by else "",
        verb=verb,
        decision=decision.slug,
        data=data,
    )
    return entry

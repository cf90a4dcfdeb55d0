"""Proofs: outcomes and polls still match what the decisions' ledger recorded last."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from insights.decisions.ledger_entries import hash_canonical, list_differing_keys, proofs_asked
from insights.decisions.models import LedgerEntry
from insights.decisions.outcomes.models import ChangePoll, OutcomeUpdate
from insights.publishing import translation_confirmation

CONFIRMED_VERB = "outcome translation checked"
CONTENT_VERBS = ("outcome recorded", "outcome changed", "outcome published")


def _last_entries(entries: list[LedgerEntry], key: str, *verbs: str) -> dict[int, LedgerEntry]:
    return {entry.data[key]: entry for entry in entries if entry.verb in verbs}


@receiver(proofs_asked)
def prove_outcomes(entries: list[LedgerEntry], **_: Any) -> Iterator[str]:
    """Outcomes, their translations and their evidence."""
    checked = {
        (entry.data["outcome"], entry.data["language"]): entry.data["words"]
        for entry in entries
        if entry.verb == CONFIRMED_VERB
    }
    records = {entry.data["outcome"]: entry for entry in entries if "outcome" in entry.data and "people" in entry.data}
    last = _last_entries(entries, "outcome", *CONTENT_VERBS)
    thrown = _last_entries(entries, "outcome", "outcome discarded")
    for update in OutcomeUpdate.objects.select_related("decision").order_by("pk"):
        entry = last.pop(update.pk, None)
        named = f"What came of “{update.decision.slug}” (outcome {update.pk})"
        if entry is None:
            yield f"{named} has no ledger entry."
        elif entry.data["content"] != update.state_hash:
            yield f"{named} no longer says what ledger entry {entry.seq} recorded."
        elif update.is_draft == (entry.verb == "outcome published"):
            yield f"{named} was published or withdrawn beside ledger entry {entry.seq}."
        yield from _prove_translations(update, checked, named)
        yield from _prove_record(update, records.get(update.pk), named)
    for pk in sorted(last.keys() - thrown.keys()):
        yield f"Outcome {pk} of “{last[pk].decision}” is in the ledger and no longer here."


def _prove_translations(update: OutcomeUpdate, checked: dict[tuple[int, str], str], named: str) -> Iterator[str]:
    """Confirmed translations still have the words that were confirmed."""
    for language, said in update.words.items():
        if said.get("checked_by") and checked.get(
            (update.pk, language)
        ) != translation_confirmation.hash_translation_state(said, update.english):
            yield f"{named} says something else in {language} than was checked."


def _prove_record(update: OutcomeUpdate, entry: LedgerEntry | None, named: str) -> Iterator[str]:
    """The people, evidence and translations of an outcome; None: an older entry without them."""
    if entry is None:
        return
    now = update.record
    if entry.data["people"] != now["people"]:
        yield f"{named} has other days, other people or another reason than ledger entry {entry.seq} recorded."
    if entry.data["cited"] != now["cited"]:
        yield f"{named} cites something else than ledger entry {entry.seq} recorded."
    for language in list_differing_keys(entry.data["languages"], now["languages"]):
        yield f"{named} has other words in {language} than ledger entry {entry.seq} recorded."


@receiver(proofs_asked)
def prove_polls(entries: list[LedgerEntry], **_: Any) -> Iterator[str]:
    counted = _last_entries(entries, "poll", "poll counted")
    records = {entry.data["poll"]: entry for entry in entries if "poll" in entry.data and "people" in entry.data}
    published = _last_entries(entries, "poll", "poll published")
    thrown = _last_entries(entries, "poll", "poll discarded")
    for poll in ChangePoll.objects.select_related("decision").order_by("pk"):
        entry, was_published = counted.pop(poll.pk, None), published.pop(poll.pk, None)
        named = f"The poll about “{poll.decision.slug}” (poll {poll.pk})"
        if poll.is_draft == (was_published is not None):
            yield f"{named} was published or withdrawn beside the ledger."
        elif was_published and any(was_published.data[end] != str(getattr(poll, end)) for end in ("opens", "closes")):
            yield f"{named} has other days than ledger entry {was_published.seq} recorded."
        if (told := records.get(poll.pk)) and told.data["people"] != poll.people:
            yield f"{named} was published by other people, or on another day, than ledger entry {told.seq} recorded."
        if bool(poll.table) != (entry is not None) or (entry and entry.data["table"] != hash_canonical(poll.table)):
            yield f"{named} no longer shows what the ledger recorded."
    for pk in sorted(published.keys() - thrown.keys()):
        yield f"Poll {pk} of “{published[pk].decision}” is in the ledger and no longer here."

"""Verbs of the panel's words: keep them sealed, screen them, and a reader's decision on each.

No answer of a survey: a draft has no version, to which an answer belongs. Where the screen flags words, or a reader finds
a concern, a lead is asked to get in touch, on the clock of a request to be contacted. The screen only adds a flag: it takes
two harmless remarks in five for a sign of harm, so what it flags waits for a reader as well, and no remark is lost.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, require_permission, require_words
from consultation.audit.audit_log import record_event
from consultation.reading.allow_list.known_words_snapshot import load_known_words
from consultation.reading.flagged_messages import request_contact_if_flagged
from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.responses.response_ids import derive_answer_id
from consultation.responses.vault import can_open_sealed, open_sealed_text, seal_text
from consultation.safeguarding.actions import request_contact
from consultation.surveys.youth_panel.models import PanelRound, PanelWords

READ = "consultation.read_raw"
DECIDED = "A colleague has decided this meanwhile."
NOT_SCREENED = "It was sent just now, and the screen has not looked at it. Try again in a minute."


def keep_words(
    *, panel_round: PanelRound, digest: str, words: Mapping[str, str], language: str, today: date | None = None
) -> None:
    """Seal what a member wrote, in a round whose row is locked; the same sent twice is kept once. Words that come while
    others are unread wait since those came, so that no decision on some of them gives the others more time. Not in the
    audit log, which has times."""
    if words and not panel_round.words.exclude(sealed=None).exists():
        panel_round.words_since = today or timezone.localdate()
        panel_round.save(update_fields=["words_since"])
    rows = [
        PanelWords(
            id=derive_answer_id(panel_round.pk.bytes + digest.encode(), question, text),
            panel_round=panel_round,
            question=question,
            language=language,
            sealed=seal_text(text),
        )
        for question, text in words.items()
    ]
    PanelWords.objects.bulk_create(rows, ignore_conflicts=True)


def screen_panel_words() -> int:
    """Sweep: where the screen flags words, or fails, a lead is asked; all wait for readers. Returns of how many a lead was
    asked."""
    if not can_open_sealed():
        return 0  # the worker that holds the key does it
    flagged = 0
    for row in PanelWords.objects.filter(screened=False, sealed__isnull=False).order_by("pk"):
        with transaction.atomic():
            held = PanelWords.objects.select_for_update().filter(pk=row.pk, screened=False).first()
            if held is None:
                continue
            flagged += request_contact_if_flagged(words=_open(held), key=held.pk, **_tell_where(held))
            held.screened = True
            held.save(update_fields=["screened"])
    return flagged


def list_for_readers() -> Any:
    """Screened words on which no reader has decided, in the order of their random keys."""
    return PanelWords.objects.awaiting_reader().order_by("pk").select_related("panel_round__consultation")


def view_words(*, words: PanelWords, by: Any) -> tuple[str, str]:
    """(the words as they were sent, the same with what the redaction would hide)"""
    require_permission(by, READ)
    from consultation.reading import redaction  # its models load with the first text

    text = _open(words)
    spans = redaction.propose_spans(text, language=words.language, local=load_known_words().everywhere)
    record_event("raw text viewed", by=by, obj=words)
    return text, redaction.replace_with_tags(text, spans)


@transaction.atomic
def clear_words(*, words: PanelWords, by: Any, text: str) -> PanelWords:
    """A reader has hidden what names a person; officers may see `text`, and what was sent is erased."""
    require_words(text, "There is no word left. Leave it out instead.")
    held = _lock_undecided(words, by)
    held.text, held.sealed = text.strip(), None
    held.save(update_fields=["text", "sealed"])
    record_event("panel words cleared", by=by, obj=held.panel_round)
    return held


@transaction.atomic
def leave_words_out(*, words: PanelWords, by: Any) -> None:
    """Erase them: they say nothing of the question."""
    held = _lock_undecided(words, by)
    record_deletion(DeletionKind.PANEL_WORDS, held.pk)
    held.delete()
    record_event("panel words left out", by=by, obj=held.panel_round)


@transaction.atomic
def pass_words_to_lead(*, words: PanelWords, by: Any) -> None:
    """Ask a lead to get in touch with the member, through the officer who gave out the codes: again where the screen had
    one asked, who may have taken it for a false alarm."""
    held = _lock_undecided(words, by)
    request_contact(message=_open(held), when="", **_tell_where(held))
    held.delete()
    record_event("panel words passed on", by=by, obj=held.panel_round)


def _lock_undecided(words: PanelWords, by: Any) -> PanelWords:
    require_permission(by, READ)
    held = PanelWords.objects.select_for_update().filter(pk=words.pk, sealed__isnull=False).first()
    if held is None:
        raise NotAllowed(DECIDED)
    if not held.screened:
        raise NotAllowed(NOT_SCREENED)
    return held


def _open(words: PanelWords) -> str:
    assert words.sealed is not None
    return open_sealed_text(words.sealed)


def _tell_where(words: PanelWords) -> dict[str, Any]:
    """The parts of a contact request that say whose words these are, as far as anyone knows."""
    held = words.panel_round
    return {
        "name": "A member of the youth panel",
        "how": f"Ask {held.made_by}, who gave out the codes for “{held.consultation.title}”.",
        "language": words.language,
    }

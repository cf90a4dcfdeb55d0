"""After a restored backup: repeats every erasure that deletion markers record, by the same verbs."""

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from consultation.access import NotAllowed
from consultation.agencies.models import AgencyStatus, KnownAgency
from consultation.channels.imports.models import AnswerImport, ImportChunk, ImportState
from consultation.channels.web.withdrawal import TooLateToWithdraw, erase_written_words, withdraw_response
from consultation.reading.actions import call_back_to_triage, recall_answer
from consultation.responses.deletion_markers import DeletionKind, filter_deleted
from consultation.responses.models import Answer, AnswerState, Response
from consultation.safeguarding.actions import open_case, rehide_after_restore
from consultation.safeguarding.mailbox.actions import rehide_mailboxes_after_restore
from consultation.safeguarding.models import TriageCase, WithdrawnText, build_hiding_key
from consultation.surveys.youth_panel.models import PanelWords

LOST_CASE_REASON = (
    "The leads had it, hidden from this agency, when the database was lost. The case is not in the backup."
)


def replay_erasures(digests: Container[str], agencies: Mapping[str, str] | None = None) -> dict[str, int]:
    """{what was erased again: count}. Running it twice is harmless. `digests`: the deletion markers; `agencies`:
    {key: name} in addition to those in the backup, because a deletion marker names none.

    Texts that were unread at the time of the backup go to the leads again: better read twice than never. So are words of
    the youth panel that a reader has cleared or given to a lead since; words that were left out are erased.
    """
    known = list_known_agencies(agencies or {})
    return {
        "hidden from an agency": _rehide_from_agencies(digests, known)
        + rehide_mailboxes_after_restore(agencies=known, digests=digests),
        "responses": _withdraw_responses_again(digests),
        "words": _erase_words_again(digests),
        "texts": _recall_texts_again(digests),
        "withdrawn texts": _delete_again(DeletionKind.WITHDRAWN_TEXT, WithdrawnText.objects.all(), digests),
        "words of the youth panel": _delete_again(DeletionKind.PANEL_WORDS, PanelWords.objects.all(), digests),
        "imports": _undo_imports_again(digests),
    }


def _rehide_from_agencies(digests: Container[str], agencies: Iterable[KnownAgency]) -> int:
    """Hide cases and answers from their agency again (D7), before anyone of that agency can sign in.

    The backup lacks a case opened after it, so its answer would be on the reading desk: the case is opened anew.
    """
    cases = {case.answer_id or case.pk: case for case in TriageCase.objects.all()}
    answers = Answer.objects.filter(response__withdrawn=False).order_by("pk").values_list("pk", flat=True)
    keys = {*cases, *answers.iterator(chunk_size=5000)}
    hidden: dict[Any, KnownAgency] = {}
    for own in agencies:
        keys_by_name = {build_hiding_key(key, own.key): key for key in keys}
        hidden |= {keys_by_name[found]: own for found in filter_deleted(DeletionKind.HIDDEN, keys_by_name, digests)}
    for key, agency in hidden.items():
        if key not in cases:
            answer = Answer.objects.get(pk=key)
            call_back_to_triage(answer=answer, by=None)
            answer.refresh_from_db()
            open_case(answer=answer, by=None, priority="T1", why=LOST_CASE_REASON, agency=agency)
        elif cases[key].agency_id != agency.key:
            rehide_after_restore(case=cases[key], agency=agency)
    return len(hidden)


def list_known_agencies(more: Mapping[str, str]) -> list[KnownAgency]:
    """All agencies, and those of `more`, {key: name}, that are not stored: they came after the backup."""
    stored = {each.key: each for each in KnownAgency.objects.all()}
    lost = {key: KnownAgency(key=key, name=name, status=AgencyStatus.CONFIDENTIAL) for key, name in more.items()}
    return list((lost | stored).values())


def _list_deleted(taken: DeletionKind, rows: QuerySet[Any], digests: Container[str]) -> list[Any]:
    keys = rows.order_by("pk").values_list("pk", flat=True)
    return list(filter_deleted(taken, keys.iterator(chunk_size=5000), digests))


def _withdraw_responses_again(digests: Container[str]) -> int:
    gone = _list_deleted(DeletionKind.RESPONSE, Response.objects.filter(withdrawn=False), digests)
    for key in gone:
        response = Response.objects.get(pk=key)
        try:
            withdraw_response(response=response)
        except TooLateToWithdraw:
            erase_written_words(response=response)
    return len(gone)


def _erase_words_again(digests: Container[str]) -> int:
    with_words = Response.objects.filter(Exists(Answer.objects.filter(response=OuterRef("pk"))))
    gone = _list_deleted(DeletionKind.WORDS, with_words, digests)
    for key in gone:
        erase_written_words(response=Response.objects.get(pk=key))
    return len(gone)


def _recall_texts_again(digests: Container[str]) -> int:
    seen, recalled = Answer.objects.filter(state__in=[AnswerState.CLEARED, AnswerState.RELEASED]), 0
    for key in _list_deleted(DeletionKind.TEXT, seen, digests):
        with suppress(NotAllowed):
            recall_answer(answer=Answer.objects.get(pk=key), by=None, concern=False)
            recalled += 1
    return recalled


def _delete_again(taken: DeletionKind, rows: QuerySet[Any], digests: Container[str]) -> int:
    gone = _list_deleted(taken, rows, digests)
    rows.filter(pk__in=gone).delete()
    return len(gone)


def _undo_imports_again(digests: Container[str]) -> int:
    """A worker undoes these imports again, whatever state the backup has them in."""
    here = AnswerImport.objects.exclude(state__in=(ImportState.UNDONE, ImportState.DROPPED))
    gone = _list_deleted(DeletionKind.IMPORT, here, digests)
    ImportChunk.objects.filter(source__in=gone).delete()
    return AnswerImport.objects.filter(pk__in=gone).update(state=ImportState.UNDOING)

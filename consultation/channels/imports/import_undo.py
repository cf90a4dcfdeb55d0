"""Taking out imported people, all of a file or one of them, until a release counts them."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.audit.erasure_types import words_erased
from consultation.channels.imports.models import AnswerImport
from consultation.reading.screening_sweep import screen_answers
from consultation.responses.asked_question import get_asked_text
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.signals import response_withdrawn
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.actions import keep_withdrawn_text

WAIT_FOR_SOMEBODY = (AnswerState.AWAITING_COLLEAGUE, AnswerState.TRIAGE)


def undo_imported_people(keys):
    """Delete these people's responses, except those counted in a frozen release, and withdrawn ones: a withdrawn row stays
    so that the same file cannot import it again. Of released texts, planners' side forgets all, as of a withdrawal.

    Texts that the screening flags, or that wait for a colleague or a lead, are first kept for a lead: no cry for help
    is deleted unread. No trace of the others remains, so the file may be imported again.
    """
    going = Response.objects.filter(pk__in=keys).exclude(build_kept_condition())
    _screen_unread_answers(going)
    with transaction.atomic():
        people = list(going.select_for_update().order_by("pk"))
        going_out = Answer.objects.filter(state__in=(AnswerState.CLEARED, AnswerState.RELEASED), response__in=people)
        for pk in set(going_out.values_list("response_id", flat=True)):
            response_withdrawn.send(sender=Response, respondent=pk)
        for answer in _list_to_lay_aside(people):
            keep_withdrawn_text(answer=answer, question_text=get_asked_text(answer))
        Response.objects.filter(pk__in=[one.pk for one in people]).delete()
        if people:
            words_erased.send(sender=AnswerImport, reason="import-undone", count=len(people))


def _list_to_lay_aside(people):
    there = Answer.objects.filter(response__in=people).exclude(sealed=b"").select_related("response__version")
    unread = list(there.filter(state=AnswerState.UNREAD).select_related("screening"))
    return [
        *there.filter(state__in=WAIT_FOR_SOMEBODY),
        *(answer for answer in unread if _may_be_flagged(answer)),
    ]


def _may_be_flagged(answer):
    """A text whose key is missing could not be screened, so it counts as flagged."""
    try:
        return not hasattr(answer, "screening") or answer.screening.flagged
    except VaultLocked:
        return True


def build_kept_condition():
    return Q(counted__isnull=False) | Q(withdrawn=True)


def _screen_unread_answers(people):
    unread = Answer.objects.unread().filter(screening=None, response__in=people).exclude(sealed=b"")
    if waiting := list(unread.select_related("response__version")):
        screen_answers(waiting, timezone.now())

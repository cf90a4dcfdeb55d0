"""After a restore: whatever was taken out since the backup is taken out again, by the same verbs."""

from collections.abc import Container

from django.db.models import Exists, OuterRef

from consultation.answering.imports.models import AnswerImport, ImportChunk, ImportState
from consultation.answering.withdrawal import TooLate, erase_words, withdraw
from consultation.reading.actions import NotAllowed, recall
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.tombstones import Taken, buried
from consultation.safeguarding.models import WithdrawnText


def replay(digests: Container[str]) -> dict[str, int]:
    """What was taken out again, and how many of each. Running it twice is harmless.

    Words that were unread when the backup was made go once more to the leads: better read twice than never.
    """
    return {
        "responses": _responses(digests),
        "words": _words(digests),
        "texts": _texts(digests),
        "withdrawn texts": _withdrawn_texts(digests),
        "imports": _imports(digests),
    }


def _responses(digests: Container[str]) -> int:
    here = Response.objects.filter(withdrawn=False).order_by("pk").values_list("pk", flat=True)
    gone = list(buried(Taken.RESPONSE, here.iterator(chunk_size=5000), digests))
    for key in gone:
        response = Response.objects.get(pk=key)
        try:
            withdraw(response=response)
        except TooLate:
            erase_words(response=response)
    return len(gone)


def _words(digests: Container[str]) -> int:
    with_words = Response.objects.filter(Exists(Answer.objects.filter(response=OuterRef("pk")))).order_by("pk")
    gone = list(buried(Taken.WORDS, with_words.values_list("pk", flat=True).iterator(chunk_size=5000), digests))
    for key in gone:
        erase_words(response=Response.objects.get(pk=key))
    return len(gone)


def _texts(digests: Container[str]) -> int:
    seen = Answer.objects.filter(state__in=[AnswerState.CLEARED, AnswerState.RELEASED]).order_by("pk")
    gone = list(buried(Taken.TEXT, seen.values_list("pk", flat=True).iterator(chunk_size=5000), digests))
    return sum(_recalled(Answer.objects.get(pk=key)) for key in gone)


def _recalled(answer: Answer) -> bool:
    try:
        recall(answer=answer, by=None, concern=False)
    except NotAllowed:
        return False
    return True


def _withdrawn_texts(digests: Container[str]) -> int:
    here = WithdrawnText.objects.order_by("pk").values_list("pk", flat=True)
    gone = list(buried(Taken.WITHDRAWN_TEXT, here.iterator(chunk_size=5000), digests))
    WithdrawnText.objects.filter(pk__in=gone).delete()
    return len(gone)


def _imports(digests: Container[str]) -> int:
    """Files that were taken out: a worker does it once more, however far the backup has them."""
    here = AnswerImport.objects.exclude(state__in=(ImportState.UNDONE, ImportState.DROPPED)).order_by("pk")
    gone = list(buried(Taken.IMPORT, here.values_list("pk", flat=True), digests))
    ImportChunk.objects.filter(source__in=gone).delete()
    return AnswerImport.objects.filter(pk__in=gone).update(state=ImportState.UNDOING)

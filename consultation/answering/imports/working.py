"""The import worker: dry runs, acceptances and undos in small steps, so that a killed worker can continue."""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultation import handover
from consultation.answering.imports import actions
from consultation.answering.imports.models import (
    NOTHING_KEPT,
    WORKING,
    AnswerImport,
    ImportChunk,
    ImportedResponse,
    ImportState,
)
from consultation.answering.imports.taken_back import taken_back
from consultation.answering.imports.trying import Trying, people_ready
from consultation.answering.tokens import answer_id, response_id
from consultation.audit.erasure import words_gone
from consultation.audit.log import record
from consultation.questionnaires.schema import Questionnaire, said
from consultation.reading.models import Screening
from consultation.reading.proposals import screen_answers
from consultation.responses.apart import enclosed
from consultation.responses.models import Answer, AnswerState, Channel, Response
from consultation.responses.tombstones import Taken
from consultation.responses.vault import can_open, seal
from consultation.safeguarding.actions import keep_withdrawn

LONGEST_RUN = 20  # seconds of one sweep
BATCH = 200
S = ImportState
# A text whose key is missing could not be screened, so it counts as flagged.
UNSURE = Q(screening__flagged=True) | Q(screening=None)
ASIDE = Q(state__in=(AnswerState.HELD, AnswerState.TRIAGE)) | Q(UNSURE, state=AnswerState.UNREAD)


def work(seconds=LONGEST_RUN):
    """Sweep: continue every requested import for `seconds`. Returns the number of steps.

    A failing file does not block the others; its error is raised at the end of the sweep.
    """
    if not can_open():
        return 0
    until, steps, failed = time.monotonic() + seconds, 0, None
    for source in AnswerImport.objects.filter(state__in=WORKING).order_by("pk"):
        try:
            for _ in STEPS[source.state](source):
                steps += 1
                if time.monotonic() >= until:
                    return steps
        except Exception as error:
            failed = error
    if failed is not None:
        raise failed
    return steps


def _try(source):
    """The dry run is one step, because each row is compared with all others. A killed run starts again."""
    found, problems = Trying(source).run()
    found["blank"] = source.found.get("blank", 0)
    tried = AnswerImport.objects.filter(pk=source.pk, state=S.CHECKING)
    tried.update(state=S.CHECKED, found=found, problems=source.placed(problems))
    yield


def _take(source):
    for key in list(source.chunks.order_by("pk").values_list("pk", flat=True)):
        _take_chunk(source, key)
        yield
    _finish(source, S.TAKING, state=S.DONE)
    yield


@transaction.atomic
def _finish(source, before, **changes):
    """The last step happens once: the worker whose update changes the state writes the log entry."""
    if AnswerImport.objects.filter(pk=source.pk, state=before).update(**changes):
        fresh = AnswerImport.objects.get(pk=source.pk)
        fresh.forget_headings()
        record("import finished", obj=fresh, people=fresh.people, texts=fresh.texts, stays=fresh.stays)


@transaction.atomic
def _take_chunk(source, key):
    """Store a chunk's people and delete the chunk, in one transaction.

    The import is locked before its chunk, in the same order as `stop` does, to avoid a deadlock.
    """
    if not AnswerImport.objects.select_for_update().filter(pk=source.pk, state=S.TAKING).exists():
        return
    chunk = ImportChunk.objects.select_for_update().filter(pk=key).first()
    if chunk is None:  # another worker accepted it
        return
    people = {response_id(bytes.fromhex(one[0])): one for one in people_ready(chunk)}
    known = set(Response.objects.filter(pk__in=people).values_list("pk", flat=True)) | taken_back(
        Taken.RESPONSE, people
    )
    new = {pk: people[pk] for pk in sorted(people) if pk not in known}
    responses = [_response(source, pk, *one[1:4], one[5]) for pk, one in new.items()]
    found = [answer for pk, one in new.items() for answer in _answers(pk, one[0], one[4])]
    recalled = taken_back(Taken.TEXT, [answer.pk for answer in found])
    answers = [answer for answer in found if answer.pk not in recalled]
    Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(sorted(answers, key=lambda answer: answer.pk), ignore_conflicts=True)
    ImportedResponse.objects.bulk_create(ImportedResponse(response_id=pk, source=source) for pk in new)
    chunk.delete()
    actions.count_taken(source, people=len(new), texts=len(answers), again=len(known))


def _response(source, pk: UUID, language, day, closed, apart):
    return Response(
        id=pk,
        version_id=source.version_id,
        channel=Channel.IMPORT,
        language=language,
        day=day,
        closed=closed,
        apart=enclosed(source.version.content, apart),
    )


def _answers(pk: UUID, nonce, texts):
    """New answers, unread like all others."""
    found = {answer_id(bytes.fromhex(nonce), question, words): (question, words) for question, words in texts}
    for key, (question, words) in found.items():
        yield Answer(id=key, response_id=pk, question=question, sealed=seal(words))


def _undo(source):
    """One batch of random keys at a time. People who must stay are skipped and counted at the end."""
    last = None
    while True:
        rows = source.responses.order_by("pk")
        keys = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:BATCH])
        if not keys:
            break
        last = keys[-1]
        if not AnswerImport.objects.filter(pk=source.pk, state=S.UNDOING).exists():  # a reader stopped it
            return
        take_out(keys)
        yield
    _finish(source, S.UNDOING, state=S.UNDONE, stays=_staying(source), **NOTHING_KEPT)
    yield


def take_out(keys):
    """Delete these people's responses, except those with a released text, those counted in a frozen release, and
    withdrawn ones: a withdrawn row stays so that the same file cannot import it again.

    Texts that the screening flags, or that wait for a colleague or a lead, are first kept for a lead: no cry for help
    is deleted unread. No trace of the others remains, so the file may be imported again.
    """
    going = Response.objects.filter(pk__in=keys).exclude(_must_stay())
    _screen(going)
    with transaction.atomic():
        people = list(going.select_for_update().order_by("pk"))
        going_out = Answer.objects.filter(state__in=(AnswerState.CLEARED, AnswerState.RELEASED), response__in=people)
        for pk in set(going_out.values_list("response_id", flat=True)):
            handover.withdrawn.send(sender=Response, respondent=pk)  # a text of theirs may be in release right now
        aside = Answer.objects.filter(ASIDE, response__in=people).exclude(sealed=b"")
        for answer in aside.select_related("response__version"):
            keep_withdrawn(answer=answer, question_text=_asked(answer))
        Response.objects.filter(pk__in=[one.pk for one in people]).delete()
        if people:
            words_gone.send(sender=AnswerImport, reason="import-undone", count=len(people))


def _staying(source):
    return source.responses.filter(response__withdrawn=False).count()


def _must_stay():
    released = Answer.objects.filter(response=OuterRef("pk"), state=AnswerState.RELEASED)
    return Q(counted=True) | Q(withdrawn=True) | Q(Exists(released))


def _screen(people):
    seen = Screening.objects.filter(answer=OuterRef("pk"))
    answers = Answer.objects.unread().filter(~Exists(seen), response__in=people).exclude(sealed=b"")
    if waiting := list(answers.select_related("response__version")):
        screen_answers(waiting, timezone.now())


def _asked(answer):
    content = answer.response.version.content
    item = Questionnaire(content).by_id(answer.question)
    return said(item["text"], answer.response.language, content["source"]) if item else ""


STEPS = {S.CHECKING: _try, S.TAKING: _take, S.UNDOING: _undo}

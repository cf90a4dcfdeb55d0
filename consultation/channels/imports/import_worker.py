"""The import worker: dry runs, acceptances and undos in small steps, so that a killed worker can continue."""

import time

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.channels.imports import actions
from consultation.channels.imports.import_dry_run import ImportDryRun, open_ready_people
from consultation.channels.imports.import_undo import undo_imported_people
from consultation.channels.imports.models import (
    ERASED_FIELDS,
    WORKING_STATES,
    AnswerImport,
    ImportChunk,
    ImportedResponse,
    ImportState,
)
from consultation.responses.deletion_markers import DeletionKind, find_erased_keys
from consultation.responses.equality_monitoring import seal_equality_and_code
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.response_ids import derive_answer_id, derive_response_id
from consultation.responses.vault import can_open_sealed, seal_text

MAX_RUN_SECONDS = 20  # seconds of one sweep
PEOPLE_PER_UNDO_BATCH = 200
S = ImportState


def run_import_steps(seconds=MAX_RUN_SECONDS):
    """Sweep: continue every requested import for `seconds`. Returns the number of steps.

    A failing file does not block the others; its error is raised at the end of the sweep.
    """
    if not can_open_sealed():
        return 0
    until, steps, failed = time.monotonic() + seconds, 0, None
    for source in AnswerImport.objects.filter(state__in=WORKING_STATES).order_by("pk"):
        try:
            for _ in STEPS_BY_STATE[source.state](source):
                steps += 1
                if time.monotonic() >= until:
                    return steps
        except Exception as error:
            failed = error
    if failed is not None:
        raise failed
    return steps


def _run_dry_run(source):
    """The dry run is one step, because each row is compared with all others. A killed run starts again."""
    counts, problems = ImportDryRun(source).run()
    found = {"blank": 0, "totals": []} | source.found | counts
    tried = AnswerImport.objects.filter(pk=source.pk, state=S.CHECKING)
    tried.update(state=S.CHECKED, found=found, problems=source.place_problem_columns(problems))
    yield


def _accept_chunks(source):
    for key in list(source.chunks.order_by("pk").values_list("pk", flat=True)):
        _accept_chunk(source, key)
        yield
    _finish_import(source, S.TAKING, state=S.DONE)
    yield


@transaction.atomic
def _finish_import(source, before, **changes):
    """The last step happens once: the worker whose update changes the state writes the log entry."""
    if AnswerImport.objects.filter(pk=source.pk, state=before).update(**changes):
        fresh = AnswerImport.objects.get(pk=source.pk)
        fresh.forget_headings()
        record_event("import finished", obj=fresh, people=fresh.people, texts=fresh.texts, stays=fresh.stays)


@transaction.atomic
def _accept_chunk(source, key):
    """Store a chunk's people and delete the chunk, in one transaction.

    The import is locked before its chunk, in the same order as `stop` does, to avoid a deadlock.
    """
    if not AnswerImport.objects.select_for_update().filter(pk=source.pk, state=S.TAKING).exists():
        return
    chunk = ImportChunk.objects.select_for_update().filter(pk=key).first()
    if chunk is None:  # another worker accepted it
        return
    people = {derive_response_id(bytes.fromhex(one[0])): one for one in open_ready_people(chunk)}
    known = set(Response.objects.filter(pk__in=people).values_list("pk", flat=True)) | find_erased_keys(
        DeletionKind.RESPONSE, people
    )
    new = {pk: people[pk] for pk in sorted(people) if pk not in known}
    texts = {}  # {id of the text: a new answer, unread like all others}
    for pk, (nonce, _, _, _, said, *_) in new.items():
        for question, words in said:
            key = derive_answer_id(bytes.fromhex(nonce), question, words)
            texts[key] = Answer(id=key, response_id=pk, question=question, sealed=seal_text(words))
    recalled = find_erased_keys(DeletionKind.TEXT, texts)
    answers = [texts[key] for key in sorted(texts) if key not in recalled]
    Response.objects.bulk_create(
        Response(
            id=pk,
            version_id=source.version_id,
            channel=Channel.IMPORT,
            language=language,
            day=day,
            closed=closed,
            sealed_equality=seal_equality_and_code(source.version.content, equality_answers),
            may_quote=may_quote[0] if may_quote else None,  # a file tried before there was the question
        )
        for pk, (_, language, day, closed, _, equality_answers, *may_quote) in new.items()
    )
    Answer.objects.bulk_create(answers, ignore_conflicts=True)
    ImportedResponse.objects.bulk_create(ImportedResponse(response_id=pk, source=source) for pk in new)
    chunk.delete()
    actions.add_accepted_counts(source, people=len(new), texts=len(answers), again=len(known))


def _undo_in_batches(source):
    """One batch of random keys at a time. People who must stay are skipped and counted at the end."""
    last = None
    while True:
        rows = source.responses.order_by("pk")
        keys = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:PEOPLE_PER_UNDO_BATCH])
        if not keys:
            break
        last = keys[-1]
        if not AnswerImport.objects.filter(pk=source.pk, state=S.UNDOING).exists():  # a reader stopped it
            return
        undo_imported_people(keys)
        yield
    stays = source.responses.filter(response__withdrawn=False).count()
    _finish_import(source, S.UNDOING, state=S.UNDONE, stays=stays, **ERASED_FIELDS)
    yield


STEPS_BY_STATE = {S.CHECKING: _run_dry_run, S.TAKING: _accept_chunks, S.UNDOING: _undo_in_batches}

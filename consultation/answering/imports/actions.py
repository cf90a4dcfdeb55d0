"""Verbs of imports: upload, map, dry run, accept, stop, discard, undo. Each is atomic and logs counts, never text."""

from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultation.answering.imports import after_close
from consultation.answering.imports.bringing import read_file
from consultation.answering.imports.mapping import BadMap, from_map
from consultation.answering.imports.models import WORKING, AnswerImport, ImportChunk, ImportState, SavedMap
from consultation.answering.imports.seeing import with_splits
from consultation.answering.imports.shapes import BY_SLUG
from consultation.answering.imports.targets import from_parts, suggested, to_parts, values_of
from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.schema import Questionnaire
from consultation.responses.tombstones import Taken, bury, unbury
from consultation.responses.vault import seal

S = ImportState


class NotNow(Exception):
    """The file's state does not allow the verb; the message is for the reader."""


@transaction.atomic
def bring(*, page: ConsultationPage, file: Any, name: str, by: Any) -> AnswerImport:
    """Store a file's rows sealed, without identifying columns. No answer is accepted yet.

    Raises UnreadableSheet or BadMap with a message for the reader.
    """
    version = page.versions.order_by("-number").first()
    if version is None:
        raise BadMap("Nothing can be answered before the consultation is published.")
    questionnaire = Questionnaire(version.content)
    brought = read_file(file if hasattr(file, "read") else BytesIO(file), name, questionnaire)
    source = AnswerImport(
        version=version,
        name=name[-80:],
        tool=brought.tool.slug,
        made_on=timezone.localdate(),
        made_by=by,
        rows=len(brought.rows),
        unsent=brought.unsent,
        found={"blank": brought.blank},
    )
    source.say(
        columns=brought.columns, dropped=brought.dropped, day_column=brought.day, language_column=brought.language
    )
    source.save(force_insert=True)
    ImportChunk.objects.bulk_create(
        ImportChunk(source=source, rows=rows, sealed=seal(text)) for rows, text in brought.chunks()
    )
    source.say(parts=with_splits(source, questionnaire, first_map(source, questionnaire)))
    source.save(update_fields=["headings"])
    record("import brought", by=by, obj=source, rows=source.rows, dropped=len(source.dropped))
    return source


def first_map(source: AnswerImport, questionnaire: Questionnaire) -> dict[str, Any]:
    """The saved map for exactly these columns, or else one suggested by the headings."""
    for saved in SavedMap.objects.filter(consultation=source.version.page).order_by("-pk"):
        if saved.columns == set(source.columns):
            return saved.parts
    found = suggested(questionnaire, source.columns)
    return with_blanks(source, to_parts(found, {}, day=source.day_column, language=source.language_column))


def with_blanks(source: AnswerImport, parts: dict[str, Any]) -> dict[str, Any]:
    """The map with the tool's "not asked" cells as no answer."""
    blank = dict.fromkeys(BY_SLUG[source.tool].blank, "")
    for spec in (parts.get("closed") or {}).values() if blank else ():
        spec["values"] = blank | (spec.get("values") or {})
    return parts


def _locked(source: AnswerImport, *states: str) -> AnswerImport:
    fresh = AnswerImport.objects.select_for_update(of=("self",)).select_related("version__page").get(pk=source.pk)
    if fresh.state not in states:
        raise NotNow(f"This file {fresh.get_state_display().lower()}. Look at it again.")
    return fresh


@transaction.atomic
def keep_map(*, source: AnswerImport, parts: dict[str, Any]) -> AnswerImport:
    """Store a map of columns to questions. Raises BadMap when it does not fit the file or the consultation."""
    fresh = _locked(source, S.MAPPING, S.CHECKED)
    questionnaire = Questionnaire(fresh.version.content)
    from_map(parts, questionnaire, fresh.columns)
    fresh.say(parts=with_splits(fresh, questionnaire, with_blanks(fresh, parts)))
    fresh.state = S.MAPPING
    fresh.save(update_fields=["headings", "state"])
    return fresh


@transaction.atomic
def ask_try(*, source: AnswerImport, leave_same: bool, by: Any) -> None:
    """Request a dry run: a worker reads every row and reports what an acceptance would do."""
    fresh = _locked(source, S.MAPPING, S.CHECKED)
    from_map(fresh.parts, Questionnaire(fresh.version.content), fresh.columns)
    fresh.chunks.update(ready=None)
    fresh.leave_same, fresh.state = leave_same, S.CHECKING
    fresh.save(update_fields=["leave_same", "state"])
    record("import tried", by=by, obj=fresh)


@transaction.atomic
def map_again(*, source: AnswerImport) -> None:
    fresh = _locked(source, S.CHECKED)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.MAPPING)


@transaction.atomic
def ask_take(*, source: AnswerImport, by: Any, knows_closed: bool = False) -> None:
    """Request acceptance of the dry run's people. For a closed survey the reader must confirm it (`knows_closed`), and
    readers and officers are told."""
    fresh = _locked(source, S.CHECKED)
    closed = after_close.why_closed(fresh.page)
    if closed and not knows_closed:
        raise NotNow(f"{closed} Tick the box if it is right to take the answers in all the same.")
    if closed:
        after_close.note(fresh, by)
        transaction.on_commit(after_close.tell_everyone, robust=True)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.TAKING, people=0, texts=0, again=0)
    record("import taken in", by=by, obj=fresh, people=fresh.found["people"], texts=fresh.found["texts"])


@transaction.atomic
def stop(*, source: AnswerImport, by: Any) -> None:
    """End work that does not finish by itself: a dead worker, a row that always fails, a missing key.

    A dry run or an undo returns to the state before its request; an acceptance keeps the people accepted so far, who
    can be undone. People whom an undo did not reach stay, also after a restored backup.
    """
    fresh = _locked(source, *WORKING)
    before, left = fresh.state, 0
    if before == S.TAKING:
        left = fresh.stop_taking()
    else:
        AnswerImport.objects.filter(pk=fresh.pk).update(state=S.MAPPING if before == S.CHECKING else S.DONE)
        unbury(Taken.IMPORT, fresh.pk)
    record("import stopped", by=by, obj=fresh, before=before, rows_left=left)


@transaction.atomic
def drop(*, source: AnswerImport, by: Any) -> None:
    """Delete a file before acceptance."""
    fresh = _locked(source, S.MAPPING, S.CHECKED)
    fresh.throw_away()
    record("import thrown away", by=by, obj=fresh)


@transaction.atomic
def ask_undo(*, source: AnswerImport, by: Any) -> None:
    """Request an undo by a worker. The deletion marker repeats it after a restored backup."""
    fresh = _locked(source, S.DONE)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.UNDOING, stays=0)
    bury(Taken.IMPORT, fresh.pk)
    record("import undone", by=by, obj=fresh, people=fresh.people)


@transaction.atomic
def save_map(*, source: AnswerImport, name: str, by: Any) -> SavedMap:
    """Save the map under a name for the next file of this shape; the same name is overwritten. Cells that mean no
    answer are left out, because they may be a person's text. Save before acceptance, which erases the map."""
    source = _locked(source, S.MAPPING, S.CHECKED)
    answers = {
        column: {cell: option for cell, option in cells.items() if option}
        for column, cells in values_of(source.parts).items()
    }
    parts = with_blanks(source, to_parts(from_parts(source.parts), answers))
    saved, _ = SavedMap.objects.update_or_create(
        consultation=source.version.page,
        name=name.strip()[:60],
        defaults={"sealed": SavedMap.seal(source.columns, parts), "saved_by": by},
    )
    record("import map saved", by=by, obj=source.version.page, columns=len(from_parts(parts)))
    return saved


@transaction.atomic
def forget_map(*, saved: SavedMap, by: Any) -> None:
    page = saved.consultation
    saved.delete()
    record("import map forgotten", by=by, obj=page)


@transaction.atomic
def use_map(*, source: AnswerImport, saved: SavedMap) -> AnswerImport:
    """Apply the part of a saved map whose columns the file has."""
    if not saved.columns:
        raise BadMap("The key to this map is not here. Forget it, and say what each column is.")
    chosen, values = from_parts(saved.parts), values_of(saved.parts)
    there = {column: target for column, target in chosen.items() if column in source.columns}
    if not there:
        raise BadMap("No column of this file is in that map.")
    return keep_map(source=source, parts=to_parts(there, values))


def count_taken(source: AnswerImport, *, people: int, texts: int, again: int) -> None:
    AnswerImport.objects.filter(pk=source.pk).update(
        people=F("people") + people, texts=F("texts") + texts, again=F("again") + again
    )

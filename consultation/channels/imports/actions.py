"""Verbs of imports: upload, map, dry run, accept, stop, discard, undo. Each is atomic and logs counts, never text."""

from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.channels.imports import late_imports
from consultation.channels.imports.column_mapping import BadColumnMap, build_mapping_from_map
from consultation.channels.imports.column_targets import (
    build_map_parts,
    cell_values_of_map,
    first_places_of_map,
    suggest_targets,
    targets_of_map,
)
from consultation.channels.imports.file_sealing import parse_answer_file
from consultation.channels.imports.import_preview import add_scale_numbers, add_split_signs
from consultation.channels.imports.import_undo import build_kept_condition, undo_imported_people
from consultation.channels.imports.models import WORKING_STATES, AnswerImport, ImportChunk, ImportState, SavedMap
from consultation.channels.imports.survey_tool_formats import TOOLS_BY_SLUG
from consultation.responses.deletion_markers import DeletionKind, cancel_deletion, record_deletion
from consultation.responses.models import Response
from consultation.responses.vault import can_open_sealed, seal_text
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import OTHER, Questionnaire

S = ImportState
NO_KEY = "This process cannot open answers, so nobody can be taken out here: a call for help would go unread."
STAYS = "This person is gone already, or stays: a report counts them."


class WrongImportState(Exception):
    """The file's state does not allow the verb; the message is for the reader."""


@transaction.atomic
def import_answer_file(*, page: ConsultationPage, file: Any, name: str, by: Any) -> AnswerImport:
    """Store a file's rows sealed, without identifying columns. No answer is accepted yet.

    Raises UnreadableSheet or BadColumnMap with a message for the reader.
    """
    version = page.versions.order_by("-number").first()
    if version is None:
        raise BadColumnMap("Nothing can be answered before the consultation is published.")
    questionnaire = Questionnaire(version.content)
    brought = parse_answer_file(file if hasattr(file, "read") else BytesIO(file), name, questionnaire)
    source = AnswerImport(
        version=version,
        name=name[-80:],
        tool=brought.tool.slug,
        made_on=timezone.localdate(),
        made_by=by,
        rows=len(brought.rows),
        unsent=brought.unsent,
        found={"blank": brought.blank, "totals": brought.totals, "hidden": brought.hidden},
    )
    source.say(
        columns=brought.columns, dropped=brought.dropped, day_column=brought.day, language_column=brought.language
    )
    source.save(force_insert=True)
    ImportChunk.objects.bulk_create(
        ImportChunk(source=source, rows=rows, sealed=seal_text(text)) for rows, text in brought.chunks()
    )
    source.say(parts=add_split_signs(source, questionnaire, choose_first_map(source, questionnaire)))
    source.save(update_fields=["headings"])
    record_event("import brought", by=by, obj=source, rows=source.rows, dropped=len(source.dropped))
    return source


def choose_first_map(source: AnswerImport, questionnaire: Questionnaire) -> dict[str, Any]:
    """The saved map for exactly these columns, or else one suggested by the headings."""
    for saved in SavedMap.objects.filter(consultation=source.version.page).order_by("-pk"):
        if saved.columns == set(source.columns):
            return saved.parts
    found = suggest_targets(questionnaire, source.columns)
    parts = build_map_parts(found, {}, day=source.day_column, language=source.language_column)
    return add_blank_cells(source, add_scale_numbers(source, questionnaire, parts))


def add_blank_cells(source: AnswerImport, parts: dict[str, Any]) -> dict[str, Any]:
    """The map with the tool's "not asked" cells as no answer."""
    blank = dict.fromkeys(TOOLS_BY_SLUG[source.tool].blank, "")
    for spec in (parts.get("closed") or {}).values() if blank else ():
        spec["values"] = blank | (spec.get("values") or {})
    return parts


def _lock_import(source: AnswerImport, *states: str) -> AnswerImport:
    fresh = AnswerImport.objects.select_for_update(of=("self",)).select_related("version__page").get(pk=source.pk)
    if fresh.state not in states:
        raise WrongImportState(f"This file {fresh.get_state_display().lower()}. Look at it again.")
    return fresh


@transaction.atomic
def keep_column_map(*, source: AnswerImport, parts: dict[str, Any]) -> AnswerImport:
    """Store a map of columns to questions. Raises BadColumnMap when it does not fit the file or the consultation."""
    fresh = _lock_import(source, S.MAPPING, S.CHECKED)
    questionnaire = Questionnaire(fresh.version.content)
    build_mapping_from_map(parts, questionnaire, fresh.columns)
    fresh.say(parts=add_split_signs(fresh, questionnaire, add_blank_cells(fresh, parts)))
    fresh.state = S.MAPPING
    fresh.save(update_fields=["headings", "state"])
    return fresh


@transaction.atomic
def request_dry_run(*, source: AnswerImport, leave_same: bool, by: Any) -> None:
    """Request a dry run: a worker reads every row and reports what an acceptance would do."""
    fresh = _lock_import(source, S.MAPPING, S.CHECKED)
    build_mapping_from_map(fresh.parts, Questionnaire(fresh.version.content), fresh.columns)
    fresh.chunks.update(ready=None)
    fresh.leave_same, fresh.state = leave_same, S.CHECKING
    fresh.save(update_fields=["leave_same", "state"])
    record_event("import tried", by=by, obj=fresh)


@transaction.atomic
def reopen_mapping(*, source: AnswerImport) -> None:
    fresh = _lock_import(source, S.CHECKED)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.MAPPING)


@transaction.atomic
def request_acceptance(*, source: AnswerImport, by: Any, knows_closed: bool = False) -> None:
    """Request acceptance of the dry run's people. For a closed survey the reader must confirm it (`knows_closed`), and
    readers and officers are told."""
    fresh = _lock_import(source, S.CHECKED)
    closed = late_imports.explain_why_closed(fresh.page)
    if closed and not knows_closed:
        raise WrongImportState(f"{closed} Tick the box if it is right to take the answers in all the same.")
    if closed:
        late_imports.record_late_import(fresh, by)
        transaction.on_commit(late_imports.alert_readers_and_officers, robust=True)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.TAKING, people=0, texts=0, again=0)
    record_event("import taken in", by=by, obj=fresh, people=fresh.found["people"], texts=fresh.found["texts"])


@transaction.atomic
def stop_import_work(*, source: AnswerImport, by: Any) -> None:
    """End work that does not finish by itself: a dead worker, a row that always fails, a missing key.

    A dry run or an undo returns to the state before its request; an acceptance keeps the people accepted so far, who
    can be undone. People whom an undo did not reach stay, also after a restored backup.
    """
    fresh = _lock_import(source, *WORKING_STATES)
    before, left = fresh.state, 0
    if before == S.TAKING:
        left = fresh.stop_taking()
    else:
        AnswerImport.objects.filter(pk=fresh.pk).update(state=S.MAPPING if before == S.CHECKING else S.DONE)
        cancel_deletion(DeletionKind.IMPORT, fresh.pk)
    record_event("import stopped", by=by, obj=fresh, before=before, rows_left=left)


@transaction.atomic
def discard_import(*, source: AnswerImport, by: Any) -> None:
    """Delete a file before acceptance."""
    fresh = _lock_import(source, S.MAPPING, S.CHECKED)
    fresh.throw_away()
    record_event("import thrown away", by=by, obj=fresh)


@transaction.atomic
def request_undo_import(*, source: AnswerImport, by: Any) -> None:
    """Request an undo by a worker. The deletion marker repeats it after a restored backup."""
    fresh = _lock_import(source, S.DONE)
    AnswerImport.objects.filter(pk=fresh.pk).update(state=S.UNDOING, stays=0)
    record_deletion(DeletionKind.IMPORT, fresh.pk)
    record_event("import undone", by=by, obj=fresh, people=fresh.people)


@transaction.atomic
def take_out_imported_person(*, source: AnswerImport, person: Any, by: Any) -> None:
    """Take out one person that a file brought, with their words. The marker keeps them out of a restored backup, and
    of another import of the same file."""
    fresh = _lock_import(source, S.DONE)
    if not can_open_sealed():
        raise WrongImportState(NO_KEY)
    if not Response.objects.filter(pk=person, imported__source=fresh).exclude(build_kept_condition()).exists():
        raise WrongImportState(STAYS)
    undo_imported_people([person])
    record_deletion(DeletionKind.RESPONSE, person)
    record_event("imported person taken out", by=by, obj=fresh, people=1)


@transaction.atomic
def save_column_map(*, source: AnswerImport, name: str, by: Any) -> SavedMap:
    """Save the map under a name for the next file of this shape; the same name is overwritten. Cells that mean no
    answer, or words beside "other", are left out, because they may be a person's text. Save before acceptance, which
    erases the map."""
    source = _lock_import(source, S.MAPPING, S.CHECKED)
    answers = {
        column: {cell: means for cell, means in cells.items() if means and not means.endswith(OTHER)}
        for column, cells in cell_values_of_map(source.parts).items()
    }
    parts = add_blank_cells(source, _rebuild_map(source.parts, targets_of_map(source.parts), answers))
    saved, _ = SavedMap.objects.update_or_create(
        consultation=source.version.page,
        name=name.strip()[:60],
        defaults={"sealed": SavedMap.seal(source.columns, parts), "saved_by": by},
    )
    record_event("import map saved", by=by, obj=source.version.page, columns=len(targets_of_map(parts)))
    return saved


@transaction.atomic
def forget_column_map(*, saved: SavedMap, by: Any) -> None:
    page = saved.consultation
    saved.delete()
    record_event("import map forgotten", by=by, obj=page)


@transaction.atomic
def use_column_map(*, source: AnswerImport, saved: SavedMap) -> AnswerImport:
    """Apply the part of a saved map whose columns the file has."""
    if not saved.columns:
        raise BadColumnMap("The key to this map is not here. Forget it, and say what each column is.")
    chosen, values = targets_of_map(saved.parts), cell_values_of_map(saved.parts)
    there = {column: target for column, target in chosen.items() if column in source.columns}
    if not there:
        raise BadColumnMap("No column of this file is in that map.")
    return keep_column_map(source=source, parts=_rebuild_map(saved.parts, there, values))


def _rebuild_map(parts: dict[str, Any], chosen: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The map with these columns alone, and all else that a person said of the file."""
    first, order = first_places_of_map(parts), parts.get("day_order", "")
    return build_map_parts(chosen, values, first=first, day_order=order)


def add_accepted_counts(source: AnswerImport, *, people: int, texts: int, again: int) -> None:
    AnswerImport.objects.filter(pk=source.pk).update(
        people=F("people") + people, texts=F("texts") + texts, again=F("again") + again
    )

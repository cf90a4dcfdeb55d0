"""The direct import of a CSV or XLSX file without a staff page (`manage.py import_responses`). Each person goes
through `submit_response` and the reading queue.

A person's id is derived from the row (or from the person column), so a second import of the same file counts nobody
twice and restores nothing that was withdrawn.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.channels.imports.closed_columns import TWO_ANSWERS
from consultation.channels.imports.column_mapping import (
    MONTH_FIRST,
    BadColumnMap,
    UnusableCell,
    build_mapping_from_headings,
    build_mapping_from_map,
    read_map_file,
)
from consultation.channels.imports.days_of_times import resolve_day_order
from consultation.channels.imports.imported_people import (
    ImportRowError,
    derive_person_nonce,
    parse_person,
    remove_unasked_answers,
)
from consultation.channels.imports.models import AnswerImport, ImportedResponse, ImportState
from consultation.channels.imports.spreadsheet_parsing import read_spreadsheet_rows
from consultation.channels.imports.survey_tool_formats import PLAIN_SPREADSHEET, recognise_tool, sort_columns_by_use
from consultation.responses.deletion_markers import DeletionKind, find_erased_keys
from consultation.responses.equality_monitoring import seal_equality_and_code
from consultation.responses.models import Channel, Response
from consultation.responses.response_ids import derive_answer_id, derive_response_id
from consultation.responses.submission import submit_response
from consultation.surveys.questionnaire_schema import Questionnaire

PEOPLE_PER_BATCH = 200
BY_HEADINGS = (
    "Without a map, a column answers a question only if its heading is the question's id or its very words. Name other "
    "columns in a map, or import the file at the consultation's page, which knows other tools' headings."
)


@dataclass
class ImportReport:
    """The result of an import or a dry run. `answers` {row: ids of its texts} is not stored.

    Its lines contain no cell or heading: terminals and log collectors keep them.
    """

    dry_run: bool
    rows: int = 0
    hidden: int = 0  # rows that a filter or a person hid in the sheet
    unsent: int = 0  # rows that say of themselves that they are tests, unfinished or refused
    people: int = 0
    again: int = 0  # people already here from an earlier import
    texts: int = 0
    empty: int = 0
    totals: int = 0  # rows that sum up others, at the end of the file
    unused: list = field(default_factory=list)  # columns, by their letters
    mapped: bool = False  # by a map that a person wrote
    duplicates: list = field(default_factory=list)  # (row, the earlier row with the same answers)
    left_out: list = field(default_factory=list)  # of answers to questions that this person was not asked
    errors: list = field(default_factory=list)  # RowErrors: rows that were not imported
    answers: dict = field(default_factory=dict)  # {row: [answer id, ...]}

    def lines(self):
        """The report as sentences."""
        verb = "would be" if self.dry_run else "were"
        yield f"{self.rows} rows: {self.people} people with {self.texts} texts {verb} taken."
        if self.hidden:
            yield f"{self.hidden} rows are hidden in the sheet, and were read like the others."
        if self.unsent:
            yield f"{self.unsent} rows are tests, are unfinished, or were set aside by the tool. They were left out."
        if self.totals:
            yield f"{self.totals} rows at the end sum up the others. They were left out."
        if self.again:
            yield f"{self.again} people are here already, from an earlier import."
        if self.empty:
            yield f"{self.empty} rows are empty."
        if self.unused:
            yield f"These columns are not used: {', '.join(self.unused)}."
            if not self.mapped:
                yield BY_HEADINGS
        yield from (f"Row {row} says the same as row {first}. Both are kept." for row, first in self.duplicates)
        yield from map(str, self.left_out)
        yield from (f"{error} This row was left out." for error in self.errors)


def import_file_directly(*, page, path, by=None, map_path=None, parts=None, dry_run=False):
    """Import a file into the newest version of a consultation. Returns a Report.

    Raises UnreadableSheet or BadColumnMap, with a message for the caller, when the file or the map is unusable.
    """
    version = page.versions.order_by("-number").first()
    if version is None:
        raise BadColumnMap("Nothing can be answered before the consultation is published.")
    columns, rows, hidden, totals = read_spreadsheet_rows(path)
    questionnaire = Questionnaire(version.content)
    parts = read_map_file(map_path) if map_path else parts
    mapping = (
        build_mapping_from_map(parts, questionnaire, columns) if parts else _match_headings(questionnaire, columns)
    )
    read = list(rows)
    rows, mapping = _prepare_rows(read, mapping, [*columns])
    unused = [columns[column] for column in mapping.unused(columns)]
    unsent = len(read) - len(rows)
    report = ImportReport(dry_run, hidden=hidden, totals=totals, unused=unused, unsent=unsent, mapped=bool(parts))
    people = _collect_people(rows, mapping, questionnaire, page, report, columns)
    if not mapping.person:
        _note_duplicates(people, report)
    if dry_run:
        _count_new_people(people, report)
    else:
        # In the list of imports, so that a reader can undo it.
        named = {"name": Path(path).name[-80:], "tool": PLAIN_SPREADSHEET.slug, "made_on": timezone.localdate()}
        source = AnswerImport.objects.create(version=version, state=ImportState.DONE, made_by=by, **named)
        _accept_people(people, version, report, source)
        record_event(
            "answers imported", by=by, obj=page, people=report.people, texts=report.texts, errors=len(report.errors)
        )
    return report


def _match_headings(questionnaire, columns):
    try:
        return build_mapping_from_headings(questionnaire, columns)
    except BadColumnMap as error:
        raise BadColumnMap(f"{error} {BY_HEADINGS}") from error


def _prepare_rows(rows, mapping, columns):
    """(rows that somebody sent, the mapping with the column and the order of their days)"""
    used = {place for place, column in enumerate(columns) if column not in mapping.unused(columns)}
    order = sort_columns_by_use(recognise_tool(columns), columns, used)
    rows = [(number, row) for number, row in rows if not order.is_unsent([row.get(column, "") for column in columns])]
    mapping = replace(mapping, day=mapping.day or ("" if order.day is None else columns[order.day]))
    if mapping.day in columns:
        days, first = resolve_day_order([row.get(mapping.day, "") for _, row in rows])
        rows = [(number, row | {mapping.day: day}) for (number, row), day in zip(rows, days, strict=True)]
        said = next((said for said, month_first in MONTH_FIRST.items() if month_first is first), "")
        mapping = replace(mapping, day_order=mapping.day_order or said)
    return rows, mapping


def _collect_people(rows, mapping, questionnaire, page, report, columns):
    """The people in the file, with the rows of one person merged."""
    people, seen = {}, Counter()
    for number, row in rows:
        report.rows += 1
        if not any(row.values()):
            report.empty += 1
            continue
        try:
            one = parse_person(number, row, mapping)
        except UnusableCell as error:
            where = columns.get(error.column)
            report.errors.append(ImportRowError(number, f"Column {where}: {error.plain}" if where else error.plain))
            continue
        if one.empty:
            report.empty += 1
            continue
        # The nonce is from the person column, or from the row's content and how often it occurred before.
        person = mapping.person_of(row)
        said = ["person", person] if person else ["row", one.content]
        seen[str(said)] += 0 if person else 1
        one.nonce = derive_person_nonce(page, said, seen[str(said)])
        known = people.setdefault(one.nonce, one)
        if any(known.closed.get(key, answer) != answer for key, answer in one.closed.items()):
            report.errors.append(ImportRowError(number, TWO_ANSWERS))
        elif known is not one:
            known.may_quote = known.may_quote and one.may_quote
            known.closed = {**one.closed, **known.closed}
            known.texts += [text for text in one.texts if list(text[1:]) not in known.said_texts]
    for one in people.values():
        report.left_out += remove_unasked_answers(one, questionnaire)
    return list(people.values())


def _note_duplicates(people, report):
    first = {}
    for one in people:
        known = first.setdefault(one.says, one.first_row)
        if known != one.first_row and one.texts:
            report.duplicates.append((one.first_row, known))


def _count_new_people(people, report):
    ids = {derive_response_id(one.nonce): one for one in people}
    known = set()
    for start in range(0, len(people), PEOPLE_PER_BATCH):
        batch = list(ids)[start : start + PEOPLE_PER_BATCH]
        known |= set(Response.objects.filter(pk__in=batch).values_list("pk", flat=True))
    new = [one for pk, one in ids.items() if pk not in known]
    report.people, report.again = len(new), len(known)
    report.texts = sum(len(one.texts) for one in new)


def _accept_people(people, version, report, source):
    """In batches, so that an interrupted import can be repeated, and in the order of nonces, not of the file. Each
    batch locks the import, so that a reader's undo stops it."""
    mixed = sorted(people, key=lambda one: one.nonce)
    AnswerImport.objects.filter(pk=source.pk).update(rows=report.rows)
    for start in range(0, len(mixed), PEOPLE_PER_BATCH):
        with transaction.atomic():
            if not AnswerImport.objects.select_for_update().filter(pk=source.pk, state=ImportState.DONE).exists():
                raise BadColumnMap("A reader is taking this file out again, so the rest of it was not taken in.")
            for one in mixed[start : start + PEOPLE_PER_BATCH]:
                _accept_person(one, version, report, source)
            AnswerImport.objects.filter(pk=source.pk).update(
                people=report.people, texts=report.texts, again=report.again
            )


def _accept_person(one, version, report, source):
    recalled = find_erased_keys(DeletionKind.TEXT, [derive_answer_id(one.nonce, *text[1:]) for text in one.texts])
    one.texts = [text for text in one.texts if derive_answer_id(one.nonce, *text[1:]) not in recalled]
    first, *later = [
        submit_response(
            version=version,
            nonce=one.nonce,
            language=one.language,
            closed=one.closed,
            texts=texts,
            channel=Channel.IMPORT,
            sealed_equality=seal_equality_and_code(version.content, one.equality_answers),
            day=one.day,
            may_quote=one.may_quote,
        )
        for texts in one.rounds()
    ]
    if first.created:
        ImportedResponse.objects.create(response=first.response, source=source)
    report.people += first.created
    report.again += not first.created
    report.texts += len(one.texts) if first.created else 0
    for row, question, words in one.texts:
        report.answers.setdefault(row, []).append(derive_answer_id(one.nonce, question, words))

"""The direct import of a CSV or XLSX file without a staff page (`manage.py import_responses`). Each person goes
through `submit` and the reading queue.

A person's id is derived from the row (or from the person column), so a second import of the same file counts nobody
twice and restores nothing that was withdrawn.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from consultation.answering.actions import submit
from consultation.answering.imports.mapping import BadCell, BadMap, from_headings, from_map, read_map
from consultation.answering.imports.models import AnswerImport, ImportedResponse, ImportState
from consultation.answering.imports.people import RowError, leave_out_unasked, nonce_of, read_person
from consultation.answering.imports.shapes import SHEET
from consultation.answering.imports.sheets import read_rows
from consultation.answering.imports.taken_back import taken_back
from consultation.answering.tokens import answer_id, response_id
from consultation.audit.log import record
from consultation.questionnaires.schema import Questionnaire
from consultation.responses.apart import enclosed
from consultation.responses.models import Channel, Response
from consultation.responses.tombstones import Taken

BATCH = 200


@dataclass
class Report:
    """The result of an import or a dry run. `answers` {row: ids of its texts} is not stored.

    Its lines contain no cell or heading: terminals and log collectors keep them.
    """

    dry_run: bool
    rows: int = 0
    people: int = 0
    again: int = 0  # people already here from an earlier import
    texts: int = 0
    empty: int = 0
    unused: list = field(default_factory=list)  # columns, by their letters
    duplicates: list = field(default_factory=list)  # (row, the earlier row with the same answers)
    left_out: list = field(default_factory=list)  # RowErrors: texts under questions that this person was not asked
    errors: list = field(default_factory=list)  # RowErrors: rows that were not imported
    answers: dict = field(default_factory=dict)  # {row: [answer id, ...]}

    def lines(self):
        """The report as sentences."""
        verb = "would be" if self.dry_run else "were"
        yield f"{self.rows} rows: {self.people} people with {self.texts} texts {verb} taken."
        if self.again:
            yield f"{self.again} people are here already, from an earlier import."
        if self.empty:
            yield f"{self.empty} rows are empty."
        if self.unused:
            yield f"These columns are not used: {', '.join(self.unused)}."
        yield from (f"Row {row} says the same as row {first}. Both are kept." for row, first in self.duplicates)
        yield from map(str, self.left_out)
        yield from (f"{error} This row was left out." for error in self.errors)


def import_file(*, page, path, by=None, map_path=None, parts=None, dry_run=False):
    """Import a file into the newest version of a consultation. Returns a Report.

    Raises UnreadableSheet or BadMap, with a message for the caller, when the file or the map is unusable.
    """
    version = page.versions.order_by("-number").first()
    if version is None:
        raise BadMap("Nothing can be answered before the consultation is published.")
    columns, rows = read_rows(path)
    questionnaire = Questionnaire(version.content)
    parts = read_map(map_path) if map_path else parts
    mapping = from_map(parts, questionnaire, columns) if parts else from_headings(questionnaire, columns)
    unused = [columns[column] for column in mapping.unused(columns)]
    report = Report(dry_run=dry_run, unused=unused)
    people = _people(rows, mapping, questionnaire, page, report, columns)
    _find_duplicates(people, report, bool(mapping.person))
    if dry_run:
        _count(people, report)
    else:
        _take(people, version, report, _noted(version, path, by))
        record(
            "answers imported", by=by, obj=page, people=report.people, texts=report.texts, errors=len(report.errors)
        )
    return report


def _people(rows, mapping, questionnaire, page, report, columns):
    """The people in the file, with the rows of one person merged."""
    people, seen = {}, Counter()
    for number, row in rows:
        report.rows += 1
        if not any(row.values()):
            report.empty += 1
            continue
        try:
            one = read_person(number, row, mapping)
        except BadCell as error:
            where = columns.get(error.column)
            report.errors.append(RowError(number, f"Column {where}: {error.plain}" if where else error.plain))
            continue
        if one.empty:
            report.empty += 1
            continue
        key = _key(page, one, mapping.person_of(row), seen)
        _join(people.setdefault(key, one), one)
        people[key].nonce = key
    for one in people.values():
        report.left_out += leave_out_unasked(one, questionnaire)
    return list(people.values())


def _key(page, one, person, seen):
    """The person's nonce: from the person column, or from the row's content and how often it occurred before."""
    said = ["person", person] if person else ["row", one.content]
    seen[str(said)] += 0 if person else 1
    return nonce_of(page, said, seen[str(said)])


def _join(known, one):
    if known is not one:
        known.closed = {**one.closed, **known.closed}
        said = [text[1:] for text in known.texts]
        known.texts += [text for text in one.texts if text[1:] not in said]


def _find_duplicates(people, report, by_person):
    first = {}
    for one in people:
        said = one.says
        if said in first and one.texts and not by_person:
            report.duplicates.append((one.first_row, first[said]))
        first.setdefault(said, one.first_row)


def _count(people, report):
    ids = {response_id(one.nonce): one for one in people}
    known = set()
    for start in range(0, len(people), BATCH):
        batch = list(ids)[start : start + BATCH]
        known |= set(Response.objects.filter(pk__in=batch).values_list("pk", flat=True))
    new = [one for pk, one in ids.items() if pk not in known]
    report.people, report.again = len(new), len(known)
    report.texts = sum(len(one.texts) for one in new)


def _noted(version, path, by):
    """An entry in the list of imports, so that a reader can undo it."""
    return AnswerImport.objects.create(
        version=version,
        name=Path(path).name[-80:],
        tool=SHEET.slug,
        state=ImportState.DONE,
        made_on=timezone.localdate(),
        made_by=by,
    )


def _take(people, version, report, source):
    """In batches, so that an interrupted import can be repeated, and in the order of nonces, not of the file. Each
    batch locks the import, so that a reader's undo stops it."""
    mixed = sorted(people, key=lambda one: one.nonce)
    AnswerImport.objects.filter(pk=source.pk).update(rows=report.rows)
    for start in range(0, len(mixed), BATCH):
        with transaction.atomic():
            if not AnswerImport.objects.select_for_update().filter(pk=source.pk, state=ImportState.DONE).exists():
                raise BadMap("A reader is taking this file out again, so the rest of it was not taken in.")
            for one in mixed[start : start + BATCH]:
                _send(one, version, report, source)
            AnswerImport.objects.filter(pk=source.pk).update(
                people=report.people, texts=report.texts, again=report.again
            )


def _send(one, version, report, source):
    recalled = taken_back(Taken.TEXT, [answer_id(one.nonce, *text[1:]) for text in one.texts])
    one.texts = [text for text in one.texts if answer_id(one.nonce, *text[1:]) not in recalled]
    first, *later = [
        submit(
            version=version,
            nonce=one.nonce,
            language=one.language,
            closed=one.closed,
            texts=texts,
            channel=Channel.IMPORT,
            apart=enclosed(version.content, one.apart),
            day=one.day,
        )
        for texts in one.rounds()
    ]
    if first.created:
        ImportedResponse.objects.create(response=first.response, source=source)
    report.people += first.created
    report.again += not first.created
    report.texts += len(one.texts) if first.created else 0
    for row, question, words in one.texts:
        report.answers.setdefault(row, []).append(answer_id(one.nonce, question, words))

"""From an uploaded file to sealed rows: identifying columns and the order of rows are removed before storage."""

import json
import re
import secrets
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count, islice

from django.conf import settings
from django.conf.locale import LANG_INFO

from consultation.channels.imports import column_targets, survey_tool_formats
from consultation.channels.imports.closed_columns import TICKED, UNTICKED, fold_words
from consultation.channels.imports.days_of_times import is_time_of_day, parse_day_of_time, resolve_day_order
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet, read_arranged_rows

MAX_UPLOAD_BYTES = 60_000_000
ROWS_PER_CHUNK = 250  # rows
MAX_HEADING_LENGTH = 300
MOSTLY, OFTEN = 0.5, 0.1  # of a column's cells: most people leave out an address, and nobody a time
MOST_CELLS_READ, MOST_LETTERS = 1000, 100  # of a column; of a time or an identifier
# Cells that identify a person, a device or a place, whatever the heading: a person's address on the web or by post, the
# number of a telephone, the random number of a row, a point on the map.
IDENTIFYING_CELL = re.compile(
    r"\S+@\S+\.\S+|(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){4,7}[0-9a-f]{1,4}|"
    r"(?:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:\+|00?)\d[\d ()-]{8,14}\d|"
    r"\(?-?\d{1,3}\.\d{4,}(?:[, ]+-?[\d.]+)*\)?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}",
    re.IGNORECASE,
)
_secure_random = secrets.SystemRandom()


@dataclass
class StrippedFile:
    """The stored part of a file. `rows`: (number, cells) in random order, cells in the order of `columns`; `unsent`:
    row numbers of tests, and of people who did not press Send; `blank`: the number of empty rows;
    `totals`: numbers of rows that sum up others; `hidden`: how many rows a filter or a person hid in the sheet."""

    tool: survey_tool_formats.SurveyTool
    columns: list
    dropped: list
    day: str
    language: str
    rows: list
    unsent: list
    blank: int
    totals: list
    hidden: int

    def chunks(self):
        for start in range(0, len(self.rows), ROWS_PER_CHUNK):
            rows = self.rows[start : start + ROWS_PER_CHUNK]
            yield len(rows), json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def parse_answer_file(file, name, questionnaire):
    """A Brought. Raises UnreadableSheet with a message for the reader."""
    found = read_arranged_rows(file, name)
    headings, width = number_repeated_headings(found.headings), len(found.headings)
    rows = [(number, cells[:width] + [""] * (width - len(cells))) for number, cells in found.rows]
    if not rows:
        raise UnreadableSheet("The file has headings, and no row below them.")
    tool = survey_tool_formats.recognise_tool(headings)
    reader = column_targets.HeadingSuggestions(questionnaire, headings)
    questions = {place for place, heading in enumerate(headings) if heading and reader.of(heading)}

    def holds_days(place):
        """Whether the cells say more than yes and no, as those of "Completed" may."""
        said = {fold_words(cells[place]) for _, cells in rows} - {""}
        return not said or not said <= TICKED | UNTICKED

    order = survey_tool_formats.sort_columns_by_use(tool, headings, questions, holds_days)
    order, times = _sort_by_cells(order, questions, headings, rows)
    return _strip_rows(rows, headings, order, tool, found, times)


def _sort_by_cells(order, questions, headings, rows):
    """(the ColumnSort, places of times among the kept columns), by what the cells of columns hold that are no questions: a
    tool whose headings nobody knows writes the same times and identifiers. Where no heading names the time of sending, the
    one column of times is it; of several, a person chooses."""
    places = {*order.kept, *order.dropped} - questions
    said = {place: [*islice((cells[place] for _, cells in rows if cells[place]), MOST_CELLS_READ)] for place in places}
    identifying = {place for place in places if _is_held(IDENTIFYING_CELL.fullmatch, said[place], OFTEN)}
    times = {place for place in places - identifying if _is_held(is_time_of_day, said[place], MOSTLY)}
    unnamed = {
        place for place in times if order.day is None and not survey_tool_formats.is_about_person(headings[place])
    }
    day = min(unnamed) if len(unnamed) == 1 else order.day
    kept = {*order.kept, *unnamed} - identifying - {day}
    dropped = {*order.dropped, *identifying} - unnamed
    return replace(order, kept=tuple(sorted(kept)), dropped=tuple(sorted(dropped)), day=day), sorted(times & kept)


def _is_held(fits, cells, share):
    return sum(bool(len(cell) <= MOST_LETTERS and fits(cell)) for cell in cells) > share * len(cells)


def number_repeated_headings(headings):
    """Headings made unique: the second "Other" becomes "Other (2)"."""
    found = []
    for heading in headings:
        heading = " ".join(heading[:MAX_HEADING_LENGTH].split())
        names = chain([heading], (f"{heading} ({number})" for number in count(2)))
        found.append(next(name for name in names if name not in found) if heading else "")
    return found


def _strip_rows(rows, headings, order, tool, found, times):
    """Only the kept columns, the day of each time, and the language's code."""
    parsers = {}
    for place in times if order.day is None else [order.day, *times]:
        days, first = resolve_day_order([cells[place] for _, cells in rows])
        for (_, cells), day in zip(rows, days, strict=True):
            cells[place] = day
        parsers[place] = partial(_keep_day if place in times else parse_day_of_time, month_first=first)
    if order.language is not None:
        parsers[order.language] = parse_language_code
    places = [*order.kept, *(place for place in (order.day, order.language) if place is not None)]
    kept, unsent, blank = [], [], 0
    for number, cells in rows:
        if not any(cells[place] for place in order.kept):
            blank += 1
        elif order.is_unsent(cells) or (tool.unsent and order.day is not None and not cells[order.day]):
            unsent.append(number)
        else:
            kept.append([number, [parsers.get(place, str)(cells[place]) for place in places]])
    _secure_random.shuffle(kept)
    return StrippedFile(
        tool=tool,
        columns=[headings[place] for place in places],
        dropped=[headings[place] for place in order.dropped if headings[place]],
        day=headings[order.day] if order.day is not None else "",
        language=headings[order.language] if order.language is not None else "",
        rows=kept,
        unsent=unsent,
        blank=blank,
        totals=found.totals,
        hidden=found.hidden,
    )


def _keep_day(cell, month_first):
    return parse_day_of_time(cell, month_first) if is_time_of_day(cell) else cell


def parse_language_code(said):
    """ "ur" for "ur", "ur-PK", "Urdu (Pakistan)" and "اردو"; another language's text stays, without its country and in lower
    case."""
    names = {name.casefold(): code for code, name in settings.LANGUAGES}
    names |= {LANG_INFO[code]["name"].casefold(): code for code, _ in settings.LANGUAGES if code in LANG_INFO}
    whole = fold_words(said)
    alone = re.split(r"[-_(]", whole)[0].strip()
    return names.get(whole) or names.get(alone, alone)

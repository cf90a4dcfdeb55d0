"""From an uploaded file to sealed rows: identifying columns and the order of rows are removed before storage."""

import json
import secrets
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO

from consultation.channels.imports import column_targets, survey_tool_formats
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet, read_spreadsheet_cells

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_UPLOAD_BYTES = 60_000_000
ROWS_PER_CHUNK = 250  # rows
MAX_HEADING_LENGTH = 300
_secure_random = secrets.SystemRandom()


@dataclass
class StrippedFile:
    """The stored part of a file. `rows`: (number, cells) in random order, cells in the order of `columns`; `unsent`:
    row numbers of people who did not press Send; `blank`: the number of empty rows."""

    tool: survey_tool_formats.SurveyTool
    columns: list
    dropped: list
    day: str
    language: str
    rows: list
    unsent: list
    blank: int

    def chunks(self):
        for start in range(0, len(self.rows), ROWS_PER_CHUNK):
            rows = self.rows[start : start + ROWS_PER_CHUNK]
            yield len(rows), json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def parse_answer_file(file, name, questionnaire):
    """A Brought. Raises UnreadableSheet with a message for the reader."""
    headings, lines = read_spreadsheet_cells(file, name)
    headings = number_repeated_headings(headings)
    if len(headings) > MAX_COLUMNS:
        raise UnreadableSheet(f"The file has more than {MAX_COLUMNS} columns.")
    rows = _collect_rows(lines, len(headings))
    tool = survey_tool_formats.recognise_tool(headings)
    reader = column_targets.HeadingSuggestions(questionnaire)
    questions = {place for place, heading in enumerate(headings) if heading and reader.of(heading)}
    order = survey_tool_formats.sort_columns_by_use(tool, headings, questions)
    return _strip_rows(rows, headings, order, tool)


def number_repeated_headings(headings):
    """Headings made unique: the second "Other" becomes "Other (2)"."""
    seen, found = Counter(), []
    for heading in headings:
        heading = " ".join(heading[:MAX_HEADING_LENGTH].split())
        seen[heading] += 1
        found.append(heading if seen[heading] == 1 or not heading else f"{heading} ({seen[heading]})")
    return found


def _collect_rows(lines, width):
    """[(row number in the spreadsheet, one cell per heading)]"""
    found = []
    for number, cells in enumerate(lines, start=2):
        if len(found) >= MAX_ROWS:
            raise UnreadableSheet(f"The file has more than {MAX_ROWS:,} rows. Import it in parts.")
        cells = [cell.strip() for cell in cells[:width]]
        found.append((number, cells + [""] * (width - len(cells))))
    if not found:
        raise UnreadableSheet("The file has headings, and no row below them.")
    return found


def _strip_rows(rows, headings, order, tool):
    days = _sending_days(rows, order.day, tool)
    places = [*order.kept, *(place for place in (order.day, order.language) if place is not None)]
    kept, unsent, blank = [], [], 0
    for (number, cells), day in zip(rows, days, strict=True):
        if not any(cells[place] for place in order.kept):
            blank += 1
        elif tool.unsent and order.day is not None and not cells[order.day]:
            unsent.append(number)
        else:
            kept.append([number, [_kept_cell(cells, place, order, day) for place in places]])
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
    )


def _sending_days(rows, place, tool):
    """The day of each row from its time of sending; "" without such a column."""
    if place is None:
        return [""] * len(rows)
    first = survey_tool_formats.is_month_first((cells[place] for _, cells in rows), tool.month_first)
    return [survey_tool_formats.parse_day_of_time(cells[place], first) for _, cells in rows]


def _kept_cell(cells, place, order, day):
    if place == order.day:
        return day
    if place == order.language:
        return parse_language_code(cells[place])
    return cells[place]


def parse_language_code(said):
    """ "ur" for "ur", "ur-PK", "Urdu" and "اردو"; another language's text stays, cut at "-" and in lower case."""
    names = {name.casefold(): code for code, name in settings.LANGUAGES}
    names |= {LANG_INFO[code]["name"].casefold(): code for code, _ in settings.LANGUAGES if code in LANG_INFO}
    return names.get(said.casefold(), said.split("-")[0].lower())

"""From an uploaded file to sealed rows: identifying columns and the order of rows are removed before storage."""

import json
import re
import secrets
from dataclasses import dataclass
from functools import partial
from itertools import chain, count

from django.conf import settings
from django.conf.locale import LANG_INFO

from consultation.channels.imports import column_targets, survey_tool_formats
from consultation.channels.imports.closed_columns import TICKED, UNTICKED, fold_words
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet, read_arranged_rows

MAX_UPLOAD_BYTES = 60_000_000
ROWS_PER_CHUNK = 250  # rows
MAX_HEADING_LENGTH = 300
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
    return _strip_rows(rows, headings, order, tool, found)


def number_repeated_headings(headings):
    """Headings made unique: the second "Other" becomes "Other (2)"."""
    found = []
    for heading in headings:
        heading = " ".join(heading[:MAX_HEADING_LENGTH].split())
        names = chain([heading], (f"{heading} ({number})" for number in count(2)))
        found.append(next(name for name in names if name not in found) if heading else "")
    return found


def _strip_rows(rows, headings, order, tool, found):
    """Only the kept columns, the day of each row's time of sending, and the language's code."""
    parsers = {}
    if order.day is not None:
        days, first = survey_tool_formats.resolve_day_order([cells[order.day] for _, cells in rows])
        for (_, cells), day in zip(rows, days, strict=True):
            cells[order.day] = day
        heading = headings[order.day]
        parsers[order.day] = partial(survey_tool_formats.parse_day_of_time, month_first=first, heading=heading)
    if order.language is not None:
        parsers[order.language] = parse_language_code
    places = [*order.kept, *parsers]
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


def parse_language_code(said):
    """ "ur" for "ur", "ur-PK", "Urdu (Pakistan)" and "اردو"; another language's text stays, without its country and in lower
    case."""
    names = {name.casefold(): code for code, name in settings.LANGUAGES}
    names |= {LANG_INFO[code]["name"].casefold(): code for code, _ in settings.LANGUAGES if code in LANG_INFO}
    whole = fold_words(said)
    alone = re.split(r"[-_(]", whole)[0].strip()
    return names.get(whole) or names.get(alone, alone)

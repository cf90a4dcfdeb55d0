"""Where a file's headings are, whatever stands around them: title rows above, two or three heading rows, totals below.

SurveyMonkey writes a question once and its parts in a second row ("Response", "Open-Ended Response", the choices);
Qualtrics writes codes, words and import ids in three rows, of which people delete the last. Spreadsheets merge a
question over the columns of its parts, of which only the first then has a text. The parts are joined as "question -
part", as other tools write them.
"""

import html
import json
import re
from dataclasses import dataclass

from consultation.channels.imports.closed_columns import MARKUP, fold_words
from consultation.channels.imports.survey_tool_formats import PLAIN_SPREADSHEET, recognise_tool
from consultation.file_parsing.office_rows import TITLE_ROWS

IMPORT_ID = '{"importid"'
PART_OF_ONE = {"response", "open-ended response", "open ended response"}  # parts of a question that has one column
LEAST_HEADINGS = 3  # of a file with title rows
MOSTLY = 0.9  # of the rows, where a column is about the response and not an answer, which some leave out
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
TOTAL = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|average|mean|(?:total |number of )?(?:count|responses|respondents)|"
    r"(?:answered|skipped)(?: question)?)(?: \(?\d+\)?)?:?",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"-?[\d.,]+\s?%?")


@dataclass
class ArrangedRows:
    """`rows`: (number as in the file, cells); `totals`: numbers of rows that sum up others; `zones`: {place of a column:
    the zone of its times}; `hidden`: how many of `rows` a filter or a person hid."""

    headings: list
    rows: list
    totals: list
    zones: dict
    hidden: int = 0


def arrange_rows(lines):
    """The headings and the other rows of all rows of a file."""
    lines = [[cell.strip() for cell in line] for line in lines]
    top = _count_title_rows(lines)
    headings, below = _join_heading_rows(lines[top:])
    # Where a tool escaped its own words for web pages, it escaped what people typed, too; else "&amp;" is what they typed.
    clean = html.unescape if any(map(ENTITY.search, headings)) else str
    headings = [" ".join(MARKUP.sub(" ", html.unescape(heading)).split()) for heading in headings]
    rows = [[clean(cell) for cell in line] for line in lines[top + below :]]
    numbered = list(enumerate(rows, start=top + below + 1))
    totals = _find_totals(numbered)
    zones = _find_zones(lines[top : top + below])
    return ArrangedRows(headings, [(n, cells) for n, cells in numbered if n not in totals], sorted(totals), zones)


def _count_title_rows(lines):
    """Rows above the headings that name the survey or the day: one cell, where the headings have many."""
    filled = [sum(map(bool, line)) for line in lines[: TITLE_ROWS + 1]]
    widest = max(filled, default=0)
    if widest < LEAST_HEADINGS:
        return 0
    return next((place for place, count in enumerate(filled) if count > 1), 0)


def _join_heading_rows(lines):
    """(headings, the number of rows that they take)"""
    first = lines[0] if lines else []
    for place, line in enumerate(lines[1:3], start=1):
        if any(map(_is_import_id, line)):
            codes, words = first, lines[1] if place == 2 else first
            return [_join_code(*pair) for pair in zip(codes, words, strict=False)], place + 1
    if len(lines) > 1 and lines[1] != first and _names_its_days(first, lines[1]):
        return [_join_code(*pair) for pair in zip(first, lines[1], strict=False)], 2
    if len(lines) > 1 and lines[1] != first and _is_of_one_tool(first, lines[1]):
        codes, words = sorted(lines[:2], key=lambda line: "".join(line).count(" "))
        return [_join_code(*pair) for pair in zip(codes, words, strict=False)], 2
    if len(lines) > 1 and _holds_parts(first, lines[1], lines[2:]):
        width = max(len(first), len(lines[1]))
        return list(_join_parts(_widen_line(first, width), _widen_line(lines[1], width))), 2
    return first, 1


def _find_zones(headings):
    """{place: zone} of the columns whose import id says one: “{"ImportId":"startDate","timeZone":"Europe/London"}”."""
    said = {
        place: _read_import_id(cell) for line in headings for place, cell in enumerate(line) if _is_import_id(cell)
    }
    return {place: str(about["timeZone"]) for place, about in said.items() if about.get("timeZone")}


def _is_import_id(cell):
    return cell.casefold().replace(" ", "").startswith(IMPORT_ID)


def _read_import_id(cell):
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return {}


def _names_its_days(codes, words):
    """Whether "Start Date" stands below "StartDate", and no day: the second row is no response."""
    pairs = zip(codes, words, strict=False)
    return any(_is_same_heading(code, "StartDate") and _is_same_heading(code, said) for code, said in pairs)


def _is_of_one_tool(first, second):
    """Whether both rows are a tool's headings, as words and as codes in LimeSurvey's VV files."""
    return recognise_tool(first) == recognise_tool(second) != PLAIN_SPREADSHEET


def _is_same_heading(code, words):
    return fold_words(code).replace(" ", "") == fold_words(words).replace(" ", "")


def _join_code(code, words):
    return code if _is_same_heading(code, words) or not words else f"{code}. {words}"


def _holds_parts(first, second, others):
    """Whether the second row holds parts of the questions in the first, and not somebody's answers."""
    totals = _find_totals(list(enumerate(others)))
    others = [line for place, line in enumerate(others) if any(line) and place not in totals]
    if any(fold_words(cell) in PART_OF_ONE for cell in second):
        return True
    width = max(len(first), len(second))
    first, second = _widen_line(first, width), _widen_line(second, width)
    blank = [place for place in range(width) if not first[place] and second[place]]
    if not blank or not all(second[place] for place in range(width) if not first[place] and _is_used(others, place)):
        return False
    # The number of the response or its time, mostly the first column, has no part.
    lead = next((place for place in range(width) if first[place]), 0)
    if second[lead] and any(first[lead + 1 : lead + 2]) and _is_used(others, lead, MOSTLY):
        return False
    # A column about the response has a heading, no part, and a cell in nearly every row below.
    return any(first[place] and not second[place] and _is_used(others, place, MOSTLY) for place in range(width))


def _is_used(rows, place, least=0.0):
    used = sum(bool(row[place]) for row in rows if place < len(row))
    return used > least * len(rows) if rows else False


def _widen_line(line, width):
    return line + [""] * (width - len(line))


def _join_parts(questions, parts):
    asked = ""
    for question, part in zip(questions, parts, strict=True):
        asked = question or asked
        alone = not part or fold_words(part) in PART_OF_ONE
        yield asked if alone and question else question if alone else f"{asked} - {part}" if asked else part


def _find_totals(numbered):
    """Trailing rows that begin with "Total", "Average" and so on, and hold only numbers beside that."""
    found = set()
    for number, cells in reversed(numbered):
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) < 2 or not TOTAL.fullmatch(filled[0]) or not all(map(NUMERIC.fullmatch, filled[1:])):
            break
        found.add(number)
    return found

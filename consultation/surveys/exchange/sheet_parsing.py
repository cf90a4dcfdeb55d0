"""Parses a questionnaire sheet (CSV) into blocks for each language, and reports problems row by row."""

import csv
import io
import re
import uuid
from dataclasses import dataclass, field
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from consultation.domain.place_types import sort_place_types
from consultation.file_output.formula_safe_cells import unescape_sheet_cell
from consultation.markup import strip_markup
from consultation.surveys.condition_blocks import build_rule_value
from consultation.surveys.exchange.condition_notation import (
    GROUP_IN_GROUP,
    InvalidCondition,
    holds_group_in_group,
    parse_rule,
)
from consultation.surveys.exchange.promise_rows import parse_promise
from consultation.surveys.exchange.sheet_writing import WHAT, WORDS
from consultation.surveys.forms import NOT_NEUTRAL, REVEALING_WORDS
from consultation.surveys.type_registry import all_types, find_type

MOST_ROWS = 2000
LONGEST_ID = 100
CODEBOOK = re.compile(r"[-a-zA-Z0-9_]{0,50}")
DELIMITERS = (",", ";", "\t")
TRUE = {"yes", "y", "true", "1", "x"}
NUMBERS = ("limit", "rank", "max_length", "from", "to")
IN_LANGUAGE = re.compile(rf"^({'|'.join(WORDS)}) \[([a-z]{{2,3}})\]$")
IDS = re.compile(r"[^\s,;()]+")
NO_HEADINGS = "The first row must hold the headings: at least “what”, “type” and “text”."


def list_question_types():
    return [one.name for one in all_types() if one.is_question]


class InvalidQuestionnaire(Exception):
    """The sheet cannot be imported; `problems`: [(row number or 0, sentence)] for the user."""

    def __init__(self, problems):
        super().__init__("; ".join(words for _, words in problems))
        self.problems = problems


@dataclass
class SheetRow:
    number: int
    cells: dict
    words: dict  # {language: {column: text}}; the source language is ""

    def says(self, name, language=""):
        """The text in a language, or else in the source language."""
        return self.words.get(language, {}).get(name) or self.words[""].get(name, "")

    def is_set(self, name):
        return self.cells.get(name, "").strip().casefold() in TRUE

    def number_of(self, name):
        text = self.cells.get(name, "").strip()
        return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None

    @property
    def picture(self):
        return self.cells.get("picture", "").strip()

    def ids(self, name):
        return IDS.findall(self.cells.get(name, ""))


@dataclass
class QuestionnaireSheet:
    """A parsed sheet: `languages` besides the source's, and the rows."""

    head: SheetRow | None = None
    # (SheetRow of a part or a question, {"choice": [SheetRow], "row": [SheetRow], "help": [SheetRow]})
    things: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    promises: list = field(default_factory=list)  # SheetRows

    @property
    def pictures(self):
        """{name of a picture: number of the first row that shows it}"""
        rows = [one for row, children in self.things for one in (row, *children["choice"])]
        return {name: row.number for row in reversed(rows) if (name := row.picture)}

    def read_promises(self, language=""):
        """{field: value} of the page; of a translation only what it says in its own words."""
        rows = [row for row in self.promises if not language or row.words.get(language, {}).get("text")]
        return {row.cells["id"]: parse_promise(row.cells["id"], row.says("text", language)) for row in rows}

    def field(self, name, language=""):
        return self.head.says(name, language) if self.head else ""

    def blocks(self, language="", images=MappingProxyType({})):
        """The raw stream of a page's body. `images`: {name of a picture: id of the library's image}."""
        return [_build_block(row, children, language, images) for row, children in self.things]


def parse_sheet(raw):
    """Parse the bytes of a CSV file. Raises InvalidQuestionnaire."""
    sheet, problems = QuestionnaireSheet(), []
    for row in _parse_rows(raw, sheet):
        what = row.cells["what"]
        problems += [(row.number, words) for words in _list_row_problems(row, sheet)]
        if what == "consultation":
            sheet.head = row
        elif what == "promise":
            sheet.promises.append(row)
        elif what in ("part", "question"):
            sheet.things.append((row, {"choice": [], "row": [], "help": []}))
        elif what in ("choice", "row", "help") and sheet.things:
            sheet.things[-1][1][what].append(row)
    if not any(row.cells["what"] == "question" for row, _ in sheet.things):
        problems.append((0, "There is no question. A question has “question” in the column “what”."))
    if problems:
        raise InvalidQuestionnaire(problems)
    return sheet


def _parse_rows(raw, sheet):
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        if "what" not in names or "text" not in names:
            raise InvalidQuestionnaire([(1, NO_HEADINGS)])
        sheet.languages = list(dict.fromkeys(found[2] for name in names if (found := IN_LANGUAGE.match(name))))
        for number, cells in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise InvalidQuestionnaire([(number, f"The sheet has more than {MOST_ROWS:,} rows.")])
            if any(cell.strip() for cell in cells):
                yield _build_row(number, dict(zip(names, map(_clean_cell, cells), strict=False)))
    except ValidationError as error:
        raise InvalidQuestionnaire([(number, error.message)]) from error
    except csv.Error as error:
        raise InvalidQuestionnaire([(0, f"The file is not a whole CSV file: {error}.")]) from error


def _clean_cell(cell):
    text = unescape_sheet_cell(cell.strip())
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _build_row(number, cells):
    words = {"": {name: strip_markup(cells.get(name, "")) for name in WORDS}}
    for name, text in cells.items():
        if found := IN_LANGUAGE.match(name):
            words.setdefault(found[2], {})[found[1]] = strip_markup(text)
    kept = {name: text for name, text in cells.items() if name not in WORDS}
    kept["what"] = cells.get("what", "").strip().casefold()
    kept["type"] = cells.get("type", "").strip().casefold()
    ids = IDS.findall(cells.get("id", ""))
    kept["id"] = ids[0] if ids else str(uuid.uuid4())
    return SheetRow(number, kept, words)


def _list_row_problems(row, sheet):
    what, type_ = row.cells["what"], row.cells["type"]
    if what not in WHAT:
        yield f"“what” is one of: {', '.join(WHAT)}."
        return
    if what in ("choice", "row", "help") and not sheet.things:
        yield f"A {what} stands below its question, and there is none yet."
    if what == "question" and type_ not in list_question_types():
        yield f"“type” is one of: {', '.join(list_question_types())}."
    if what == "question" and any(row.cells["id"] == thing.cells["id"] for thing, _ in sheet.things):
        yield f"Two questions have the id “{row.cells['id'][:40]}”."
    if not row.says("text") and not (what == "choice" and row.cells.get("from")):
        yield "There are no words in the column “text”."
    if what == "promise":
        yield from _list_promise_problems(row, sheet)
    if what == "consultation" and (found := REVEALING_WORDS.search(row.says("text"))):
        yield NOT_NEUTRAL.format(word=found[0])
    for name in NUMBERS:
        if row.cells.get(name, "").strip() and row.number_of(name) is None:
            yield f"“{name}” is a whole number."
    yield from _list_range_problems(row, what, type_)
    try:
        if holds_group_in_group(parse_rule(row.cells.get("show_if", ""))):
            yield f"“show_if”: {GROUP_IN_GROUP}"
    except InvalidCondition as error:
        yield f"“show_if”: {error}"


def _list_promise_problems(row, sheet):
    for language in ("", *sheet.languages):
        try:
            parse_promise(row.cells["id"], row.says("text", language))
        except ValidationError as error:
            yield f"{row.cells['id'][:40]}: {' '.join(error.messages)}"
            return


def _list_range_problems(row, what, type_):
    """Values that the editor's form would refuse, and that would break pages showing the draft."""
    if len(row.cells["id"]) > LONGEST_ID:
        yield f"An “id” has at most {LONGEST_ID} letters."
    if what == "consultation" and not CODEBOOK.fullmatch(row.cells.get("codebook", "").strip()):
        yield "“codebook” is the short name of a codebook: letters, figures and dashes, 50 at most."
    own = find_type(type_) if what == "question" else None
    if own and own.span_limits:  # each step becomes an option
        least, most = own.span_limits
        steps = [number for name in ("from", "to") if (number := row.number_of(name)) is not None]
        if any(not least <= number <= most for number in steps):
            yield f"“from” and “to” of a {type_} lie between {least} and {most}."


def _build_block(row, children, language, images):
    if row.cells["what"] == "part":
        return {"type": "section", "id": row.cells["id"], "value": _build_part(row, language)}
    help_rules = [
        {"any_of": one.ids("any_of"), "entries": one.ids("entries"), "text": one.says("text", language)}
        for one in children["help"]
    ]
    value = {name: row.says(name, language) for name in ("text", "easy", "hint", "hint_easy", "why")}
    value |= {
        name: row.is_set(name)
        for name in ("dont_know", "rather_not", "apart", "sensitive", "not_for_groups", "online", "several", "pairs")
    }
    value |= {
        "about_you": row.cells.get("about_you", "").strip(),
        "links": row.ids("links"),
        "themes": row.ids("themes"),
        "place_types": sort_place_types(row.ids("place_types")),
        "pictogram": row.cells.get("pictogram", "").strip(),
        "show_if": build_rule_value(parse_rule(row.cells.get("show_if", ""))),
        "help_by_answer": [
            {"type": "item", "id": f"{place}", "value": rule} for place, rule in enumerate(help_rules, start=1)
        ],
    }
    value |= {name: number for name in ("limit", "rank", "max_length") if (number := row.number_of(name)) is not None}
    value |= _find_image(row, images)
    own = find_type(row.cells["type"])
    value |= own.read_cells(row, language)
    choices, rows = (
        [
            {"type": "item", "id": one.cells["id"], "value": own.read_choice(one, language) | _find_image(one, images)}
            for one in children[what]
        ]
        for what in ("choice", "row")
    )
    value |= ({"options": choices} if choices else {}) | ({"rows": rows} if own.has_rows else {})
    return {"type": own.name, "id": row.cells["id"], "value": value}


def _find_image(row, images):
    return {"picture": images[row.picture]} if row.picture in images else {}


def _build_part(row, language):
    level = row.cells.get("level", "").strip()
    return {
        "text": row.says("text", language), "easy": row.says("easy", language), "body": row.says("hint", language),
        "body_easy": row.says("hint_easy", language), "level": level if level in ("1", "2") else "1",
        "sensitive": row.is_set("sensitive"), "show_if": build_rule_value(parse_rule(row.cells.get("show_if", ""))),
    }  # fmt: skip


def make_unique_slug(title, taken):
    base = slugify(title)[:60] or "consultation"
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 1000))) if slug not in taken)

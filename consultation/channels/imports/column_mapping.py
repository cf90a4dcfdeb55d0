"""The mapping of file columns to questions: from a map that a person wrote, or from the headings.

A map is YAML or JSON:
    text: {COLUMN: QUESTION ID}
    closed: {COLUMN: {question: QUESTION ID, row: ROW ID (of a grid), values: {CELL: OPTION ID}, split: ";"}}
            {COLUMN: {question: QUESTION ID, option: OPTION ID}}     # a column for one option
            {COLUMN: {question: QUESTION ID, row: ROW ID, option: OPTION ID}}     # a tick in one cell of a grid
            {COLUMN: {question: QUESTION ID, place: 1}}     # the first place of a ranking
            {COLUMN: {question: QUESTION ID, rank: OPTION ID}}     # the place of one option of a ranking
            {COLUMN: {question: QUESTION ID, first: true}}     # of a longer ranking, the places that are asked
    long: {question: COLUMN, text: COLUMN, questions: {CELL: QUESTION ID}}     # one answer a row
    person: COLUMN, or {column: COLUMN, until: TEXT}      # rows of one person are merged; `until` cuts the value
    quote: COLUMN     # "yes" there: the person said that their words may be shown; anything else is a no
    language: COLUMN or a code;  day: COLUMN or YYYY-MM-DD;  ignore: [COLUMN, ...]
    day_order: day or month     # which stands first in 05/11/2026
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml
from django.conf import settings
from django.utils import timezone

from consultation.channels.imports.closed_columns import (
    DEFAULT_SPLIT,
    TWO_ANSWERS,
    ClosedColumn,
    UnusableCell,
    combine_columns,
    fold_words,
    is_blank,
    is_tick_or_blank,
)
from consultation.channels.imports.days_of_times import parse_day_of_time
from consultation.channels.web.form_parsing import MAX_TEXT_LENGTH
from consultation.surveys.questionnaire_schema import (
    OTHER,
    build_other_item,
    can_choose_several,
    find_option_key,
)
from consultation.surveys.type_registry import type_of

MAP_PARTS = {"text", "closed", "long", "person", "language", "day", "day_order", "quote", "ignore"}
MONTH_FIRST = {"day": False, "month": True}
TWO_DAYS = "This can be two days. Say in the map which number is the month."
LANGUAGE_HEADINGS, DAY_HEADINGS = {"language", "lang"}, {"day", "date"}
PLAIN_YES = {"yes", "y", "true"}  # not every tick: what an "x" or a "1" beside a question means is a guess


class BadColumnMap(Exception):
    """The map does not fit the file or the consultation; the message is for the person who wrote it."""


class LongFormat(NamedTuple):
    question: str
    text: str
    questions: dict


@dataclass(frozen=True)
class ColumnMapping:
    text: dict = field(default_factory=dict)  # {column: question id}
    closed: dict = field(default_factory=dict)  # {column: ClosedColumn}
    long: LongFormat | None = None
    person: str = ""
    until: str = ""
    language: str = "en"
    day: str = ""
    day_order: str = ""  # "day" or "month"; "": 05/11/2026 is no day
    quote: str = ""
    ignore: frozenset = frozenset()
    beside: dict = field(default_factory=dict)  # {column of texts beside "other": the question}
    blank: tuple = ()  # texts that the tool, and nobody else, wrote: it did not ask

    def unused(self, columns):
        """Columns that the map does not mention."""
        used = {*self.text, *self.closed, self.person, self.language, self.day, self.quote, *self.ignore}
        if self.long:
            used |= {self.long.question, self.long.text}
        return [column for column in columns if column not in used]

    def texts_of(self, row):
        """[(question id, text)] of a row. Raises UnusableCell."""
        found = [(question, row.get(column, "")) for column, question in self.text.items()]
        for column, closed in self.closed.items():
            found += closed.words(row[column]) if row.get(column) else []
        if self.long and row.get(self.long.text):
            asked = row.get(self.long.question, "")
            if asked not in self.long.questions:
                said = f"No question is known for “{asked[:60]}”."
                raise UnusableCell(said, "No question is known for what this cell says.", self.long.question)
            found.append((self.long.questions[asked], row[self.long.text]))
        found = [
            (question, words)
            for question, words in found
            if words and words not in self.blank and not self._is_sign_of_other(question, words)
        ]
        if any(len(words) > MAX_TEXT_LENGTH for _, words in found):
            long = next((column for column in self.text if len(row.get(column, "")) > MAX_TEXT_LENGTH), "")
            raise UnusableCell(f"A text is longer than {MAX_TEXT_LENGTH:,} letters.", column=long)
        return found

    def _is_sign_of_other(self, question, words):
        """Whether a cell only says that "other" was chosen or not, where tools write this in the column of its words."""
        item = next((item for item in self.beside.values() if f"{item['id']}{OTHER}" == question), None)
        return item is not None and (is_tick_or_blank(words) or ClosedColumn(item).is_other(words))

    def closed_of(self, row):
        found, parted = {}, {}
        for column, closed in self.closed.items():
            answer = _parse_cell(column, closed, row.get(column))
            if answer is None:
                continue
            key = closed.item["key"]
            if closed.row:
                _keep_one_answer(found.setdefault(key, {}), closed.row["key"], answer, column, closed)
            elif closed.is_part:
                parted.setdefault(key, []).append((column, closed, answer))
            else:
                _keep_one_answer(found, key, answer, column, closed)
        for key, several in parted.items():
            column, closed, _ = several[0]
            answer = combine_columns(several)
            if isinstance(answer, list) and isinstance(found.get(key), list):
                answer = closed.limit_keys(list(dict.fromkeys([*found.pop(key), *answer])))
            _keep_one_answer(found, key, answer, column, closed)
        self._choose_other(row, found)
        return found

    def _choose_other(self, row, found):
        """A text beside "other" selects it where nothing else is selected, or in addition where several may be."""
        for column, item in self.beside.items():
            if not row.get(column) or is_blank(row[column]):
                continue
            other = build_other_item(item)["option"]
            if can_choose_several(item):
                chosen = found.get(item["key"], [])
                found[item["key"]] = ClosedColumn(item).limit_keys(list(dict.fromkeys([*chosen, other])))
            else:
                found.setdefault(item["key"], other)

    def person_of(self, row):
        value = row.get(self.person, "") if self.person else ""
        return value.split(self.until)[0] if self.until else value

    def language_of(self, row):
        code = row.get(self.language, "").lower() or "en" if self.language in row else self.language
        if code not in dict(settings.LANGUAGES):
            said = f"“{code[:20]}” is not one of this site's languages."
            raise UnusableCell(said, "This is not one of this site's languages.", self.language)
        return code

    def may_quote_of(self, row):
        """Whether the person said, in the column mapped to it, that their words may be shown; None without a column."""
        return fold_words(row.get(self.quote, "")) in PLAIN_YES if self.quote else None

    def day_text(self, row):
        return row.get(self.day, "") if self.day in row else self.day

    def day_of(self, row):
        said = self.day_text(row)
        try:
            day = _parse_day(said, MONTH_FIRST.get(self.day_order)) if said else timezone.localdate()
        except UnusableCell as error:
            error.column = self.day
            raise
        if day > timezone.localdate():
            raise UnusableCell(f"The day {day} has not come yet.", "The day has not come yet.", self.day)
        return day


def _parse_day(said, month_first):
    found = parse_day_of_time(said, month_first)
    if "/" in found:
        raise UnusableCell(TWO_DAYS)
    try:
        return date.fromisoformat(found)
    except ValueError:
        told = f"“{said[:20]}” is not a day. Write 2026-11-25 or 25/11/2026."
        raise UnusableCell(told, "This is not a day.") from None


def _parse_cell(column, closed, cell):
    try:
        return closed.answer(cell) if cell else None
    except UnusableCell as error:
        error.column = column
        raise


def _keep_one_answer(found, key, answer, column, closed):
    if found.setdefault(key, answer) != answer:
        raise closed.build_error(TWO_ANSWERS, column=column)


def read_map_file(path):
    """The parts of a YAML or JSON map file (JSON is valid YAML)."""
    try:
        return yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadColumnMap("The map is not a YAML or JSON file.") from error


def build_mapping_from_map(parts, questionnaire, columns):
    """The Mapping of a map's parts. Raises BadColumnMap when it does not fit the consultation or the file."""
    if not isinstance(parts, dict) or set(parts) - MAP_PARTS:
        raise BadColumnMap(f"A map holds some of: {', '.join(sorted(MAP_PARTS))}.")
    text = {column: _find_text_question(questionnaire, id_) for column, id_ in (parts.get("text") or {}).items()}
    closed = {
        column: _build_closed_column(questionnaire, spec) for column, spec in (parts.get("closed") or {}).items()
    }
    person = parts.get("person") or ""
    if isinstance(person, str):
        person = {"column": person}
    long = None
    if spec := parts.get("long"):
        asked = {cell: _find_text_question(questionnaire, id_) for cell, id_ in spec["questions"].items()}
        long = LongFormat(spec["question"], spec["text"], asked)
    mapping = ColumnMapping(
        text=text,
        closed=closed,
        long=long,
        person=person["column"],
        until=person.get("until", ""),
        language=parts.get("language") or "en",
        day=str(parts.get("day") or ""),
        day_order=parts.get("day_order") or "",
        quote=parts.get("quote") or "",
        ignore=frozenset(parts.get("ignore") or ()),
        beside=_find_questions_with_other_words(questionnaire, text),
    )
    _refuse_missing_columns(mapping, columns)
    return mapping


def _find_questions_with_other_words(questionnaire, text):
    others = {column: questionnaire.by_id(id_) for column, id_ in text.items() if id_.endswith(OTHER)}
    return {column: questionnaire.by_id(asked["of"]) for column, asked in others.items()}


def _refuse_missing_columns(mapping, columns):
    named = [*mapping.text, *mapping.closed, mapping.person, mapping.quote]
    named += [mapping.long.question, mapping.long.text] if mapping.long else []
    missing = [column for column in named if column and column not in columns]
    if missing:
        raise BadColumnMap(f"The file has no column “{missing[0]}”.")
    if not mapping.text and not mapping.closed and not mapping.long:
        raise BadColumnMap("No column is an answer to a question.")


def _find_question(questionnaire, id_, fact):
    """The question with this id; its type must have the `fact`."""
    item = questionnaire.by_id(str(id_))
    if item is None or not getattr(type_of(item), fact):
        raise BadColumnMap(f"The consultation has no such question as “{id_}”.")
    return item


def _find_text_question(questionnaire, id_):
    """The id of a text question, or of "<id>:other", the text beside a question's "other" option."""
    return _find_question(questionnaire, id_, "is_text")["id"]


def _build_closed_column(questionnaire, spec):
    spec = {"question": spec} if isinstance(spec, str) else spec
    item = _find_question(questionnaire, spec.get("question"), "is_closed")
    row = next((row for row in item["rows"] if row["id"] == spec.get("row")), None)
    if type_of(item).has_rows and row is None:
        raise BadColumnMap(f"“{item['id']}” is a grid: say which row a column answers.")
    values = {str(cell): str(option) for cell, option in (spec.get("values") or {}).items()}
    keys = {name: _find_option(item, spec[name]) if spec.get(name) else "" for name in ("option", "rank")}
    split, place = spec.get("split", DEFAULT_SPLIT), int(spec.get("place") or 0)
    return ClosedColumn(item, row, values, split, place=place, first=bool(spec.get("first")), **keys)


def _find_option(item, id_):
    key = find_option_key(item, str(id_))
    if key is None:
        raise BadColumnMap(f"“{item['id']}” has no such choice as “{id_}”.")
    return key


def build_mapping_from_headings(questionnaire, columns):
    """The Mapping without a map, from headings that equal a question's id or its text in any language."""
    text, closed, language, day = {}, {}, "en", ""
    homes = _questions_by_heading(questionnaire)
    for column in columns:
        item, row = homes.get(fold_words(column), (None, None))
        if item is not None and type_of(item).is_text:
            text[column] = item["id"]
        elif item is not None:
            closed[column] = ClosedColumn(item, row)
        elif fold_words(column) in LANGUAGE_HEADINGS:
            language = column
        elif fold_words(column) in DAY_HEADINGS:
            day = column
    beside = _find_questions_with_other_words(questionnaire, text)
    mapping = ColumnMapping(text=text, closed=closed, language=language, day=day, beside=beside)
    _refuse_missing_columns(mapping, columns)
    return mapping


def _questions_by_heading(questionnaire):
    """{heading: (item, row of a grid or None)}, without headings that name two questions"""
    found = {}
    for name, item, row in _list_headings(questionnaire):
        found.setdefault(fold_words(name), {})[item["id"], row and row["id"]] = (item, row)
    return {name: next(iter(named.values())) for name, named in found.items() if len(named) == 1}


def _list_headings(questionnaire):
    """[(heading, item, row)]"""
    for item in questionnaire.questions:
        if other := build_other_item(item):
            yield from ((name, other, None) for name in (other["id"], *other["text"].values()))
        if not type_of(item).has_rows:
            yield from ((name, item, None) for name in (item["id"], *item["text"].values()))
        for row in item["rows"] if type_of(item).has_rows else ():
            yield f"{item['id']}.{row['id']}", item, row
            yield from ((f"{item['text'].get(code, '')} {words}", item, row) for code, words in row["text"].items())

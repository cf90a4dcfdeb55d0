"""The mapping of file columns to questions: from a map that a person wrote, or from the headings.

A map is YAML or JSON:
    text: {COLUMN: QUESTION ID}
    closed: {COLUMN: {question: QUESTION ID, row: ROW ID (of a grid), values: {CELL: OPTION ID}, split: ";"}}
            {COLUMN: {question: QUESTION ID, option: OPTION ID}}     # a column for one option
            {COLUMN: {question: QUESTION ID, place: 1}}     # the first place of a ranking
    long: {question: COLUMN, text: COLUMN, questions: {CELL: QUESTION ID}}     # one answer a row
    person: COLUMN, or {column: COLUMN, until: TEXT}      # rows of one person are merged; `until` cuts the value
    quote: COLUMN     # "yes" there: the person said that their words may be shown; anything else is a no
    language: COLUMN or a code;  day: COLUMN or YYYY-MM-DD;  ignore: [COLUMN, ...]
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml
from django.conf import settings
from django.utils import timezone

from consultation.channels.web.form_parsing import MAX_TEXT_LENGTH
from consultation.surveys.questionnaire_schema import (
    ALSO,
    OTHER,
    build_other_item,
    can_choose_several,
    find_option_key,
)
from consultation.surveys.type_registry import type_of

DEFAULT_SPLIT = ";"
MAP_PARTS = {"text", "closed", "long", "person", "language", "day", "quote", "ignore"}
LANGUAGE_HEADINGS, DAY_HEADINGS = {"language", "lang"}, {"day", "date"}
TICKED = {"1", "y", "yes", "true", "x", "selected", "checked", "ticked"}
PLAIN_YES = {"yes", "y", "true"}  # not every tick: what an "x" or a "1" beside a question means is a guess
UNTICKED = {"", "0", "n", "no", "false", "not selected", "unchecked", "not ticked", "n/a", "-"}
OTHER_SIGNS = ("-oth-", "other")  # tools write these for the "other" option; its text is in a column of its own
NON_RESPONSE_WORDS = {"dont-know": "i don’t know", "rather-not": "i don’t want to say"}


class BadColumnMap(Exception):
    """The map does not fit the file or the consultation; the message is for the person who wrote it."""


class UnusableCell(Exception):
    """A cell that is no valid answer; the message is for the person who imports the file. `plain`: the message without
    the cell's text, for storage."""

    def __init__(self, said, plain="", column=""):
        super().__init__(said)
        self.plain, self.column = plain or said, column


@dataclass(frozen=True)
class ClosedColumn:
    item: dict
    row: dict | None = None
    values: dict = field(default_factory=dict)
    split: str = DEFAULT_SPLIT
    option: str = ""  # the option key, for a column of one option
    place: int = 0  # the place, for a column of a ranking

    def answer(self, cell):
        """The stored form of a cell: an option key, a list of keys, a number or a month; None for no answer."""
        if self.values.get(cell, cell) == "":
            return None
        if self.option:
            return self._parse_tick(cell)
        if self.place:
            return self._find_option_key(cell)
        if type_of(self.item).is_banded:
            said = self.values.get(cell, cell)  # a number or a month, or else a non-response code
            found = type_of(self.item).parse_cell(self.item, said)
            return self._find_option_key(said) if found is None else found
        if can_choose_several(self.item):
            return list(dict.fromkeys(self._find_option_key(part) for part in self.parts(cell)))
        return self._find_option_key(cell)

    def parts(self, cell):
        """The choices in a cell. A cell that is one option's text is not split, even if it contains the separator."""
        if fold_words(cell) in self._option_keys_by_words:
            return [cell]
        return [part.strip() for part in cell.split(self.split) if part.strip()]

    def words(self, cell):
        """[(question id, text)]: cell content that matches no option is the text beside "other"."""
        asked = build_other_item(self.item)
        if not asked or self.row or self.option or self.place or not self.values.get(cell, cell):
            return []
        parts = self.parts(cell) if can_choose_several(self.item) else [cell]
        return [(asked["id"], part) for part in parts if not self.knows(part)]

    def knows(self, said):
        return self.values.get(said) == "" or fold_words(self.values.get(said, said)) in self._option_keys_by_words

    def is_usable_cell(self, cell):
        try:
            self.answer(cell)
        except UnusableCell:
            return False
        return True

    def _parse_tick(self, cell):
        said = fold_words(self.values.get(cell, cell))
        if said in UNTICKED:
            return None
        if said in TICKED or self._option_keys_by_words.get(said) == self.option:
            return self.option
        raise self._build_cell_error(cell, "This is neither a tick nor the choice that the column is for.")

    def _find_option_key(self, said):
        key = self._option_keys_by_words.get(fold_words(self.values.get(said, said)))
        if key is not None:
            return key
        if not (self.option or self.row or self.place) and (asked := build_other_item(self.item)):
            return asked["option"]
        raise self._build_cell_error(said, "This is not one of the answers to the question.")

    def _build_cell_error(self, said, plain):
        asked = self.item["text"].get("en") or self.item["id"]
        return UnusableCell(f"“{said[:60]}” is not an answer to “{asked}”.", plain)

    @cached_property
    def _option_keys_by_words(self):
        """{id, key or text in any language: option key}; ids win over texts, and texts over keys."""
        options = [] if type_of(self.item).is_banded else self.item["options"]
        found = {option["key"]: option["key"] for option in options}
        for name in self.item["also"]:
            found |= {ALSO[name]: ALSO[name], NON_RESPONSE_WORDS[name]: ALSO[name], name: ALSO[name]}
        if asked := build_other_item(self.item):
            found |= dict.fromkeys(OTHER_SIGNS, asked["option"])
        for option in options:
            found |= {fold_words(words): option["key"] for words in option["text"].values()}
        return found | {fold_words(option["id"]): option["key"] for option in options}


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
    quote: str = ""
    ignore: frozenset = frozenset()
    beside: dict = field(default_factory=dict)  # {column of texts beside "other": the question}

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
        found = [(question, words) for question, words in found if words]
        if any(len(words) > MAX_TEXT_LENGTH for _, words in found):
            long = next((column for column in self.text if len(row.get(column, "")) > MAX_TEXT_LENGTH), "")
            raise UnusableCell(f"A text is longer than {MAX_TEXT_LENGTH:,} letters.", column=long)
        return found

    def closed_of(self, row):
        found, lists = {}, {}
        for column, closed in self.closed.items():
            try:
                answer = closed.answer(row[column]) if row.get(column) else None
            except UnusableCell as error:
                error.column = column
                raise
            if answer is None:
                continue
            key = closed.item["key"]
            if closed.row:
                found.setdefault(key, {})[closed.row["key"]] = answer
            elif closed.option or closed.place:
                lists.setdefault(key, []).append((closed, answer))
            else:
                found[key] = answer
        for several in lists.values():
            _combine_columns(several, found)
        self._choose_other(row, found)
        return found

    def _choose_other(self, row, found):
        """A text beside "other" selects it where nothing else is selected, or in addition where several may be."""
        for column, item in self.beside.items():
            if not row.get(column):
                continue
            other = build_other_item(item)["option"]
            if can_choose_several(item):
                chosen = found.setdefault(item["key"], [])
                chosen += [other] if other not in chosen else []
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
        day = _parse_day(said) if said else timezone.localdate()
        if day > timezone.localdate():
            raise UnusableCell(f"The day {day} has not come yet.", "The day has not come yet.", self.day)
        return day


def _parse_day(said):
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(said[:10], pattern).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise UnusableCell(f"“{said[:20]}” is not a day. Write 2026-11-25 or 25/11/2026.", "This is not a day.")


def _combine_columns(several, found):
    """Merge the columns of one question into `found`: options in their order, a ranking by its places."""
    item = several[0][0].item
    order = [option["key"] for option in item["options"]] + list(ALSO.values())
    sorting = (lambda pair: pair[0].place) if several[0][0].place else (lambda pair: order.index(pair[1]))
    keys = list(dict.fromkeys(key for _, key in sorted(several, key=sorting)))
    if can_choose_several(item):
        found[item["key"]] = list(dict.fromkeys([*found.get(item["key"], []), *keys]))
    else:
        found.setdefault(item["key"], keys[0])


def fold_words(text):
    """Text without differences between tools: case, spaces, the shape of an apostrophe."""
    return " ".join(str(text).casefold().replace("'", "’").split())


def read_map_file(path):
    """The parts of a YAML or JSON map file (JSON is valid YAML)."""
    try:
        return yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadColumnMap("The map is not a YAML or JSON file.") from error


def build_mapping_from_map(parts, questionnaire, columns):
    """The Mapping of a map's parts. Raises BadMap when it does not fit the consultation or the file."""
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
    option = find_option_key(item, str(spec["option"])) if spec.get("option") else ""
    if option is None:
        raise BadColumnMap(f"“{item['id']}” has no such choice as “{spec['option']}”.")
    return ClosedColumn(item, row, values, spec.get("split", DEFAULT_SPLIT), option, int(spec.get("place") or 0))


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
    """{heading: (item, row of a grid or None)}"""
    found = {}
    for item in questionnaire.questions:
        if other := build_other_item(item):
            found |= {fold_words(name): (other, None) for name in (other["id"], *other["text"].values())}
        names = [item["id"], *item["text"].values()]
        if not type_of(item).has_rows:
            found |= {fold_words(name): (item, None) for name in names}
            continue
        for row in item["rows"]:
            found[fold_words(f"{item['id']}.{row['id']}")] = (item, row)
            for language, words in row["text"].items():
                found[fold_words(f"{item['text'].get(language, '')} {words}")] = (item, row)
    return found

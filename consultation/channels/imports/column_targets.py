"""Targets of a file's columns: the choices on the mapping page, suggestions from headings, and the resulting map."""

import re
from dataclasses import dataclass

from consultation.channels.imports.column_mapping import fold_words
from consultation.surveys.questionnaire_schema import ALSO, build_other_item, can_choose_several, localised_text
from consultation.surveys.type_registry import TypeTable, type_of

DAY, LANGUAGE, QUOTE = "day", "language", "quote"
FILE_PARTS = (DAY, LANGUAGE, QUOTE)  # kinds of targets that answer no question
SPEC_PARTS = ("row", "option", "place")  # kinds of targets that are a part of a question
NUMBER_PREFIX = re.compile(r"^(?:q(?:uestion)?\s*)?\d+[a-z]?\s*[.):\-]?\s+", re.IGNORECASE)
CODE_PREFIX = re.compile(r"^[a-z][a-z0-9_]*(?:\[[^\]]*\])*[.:]\s+", re.IGNORECASE)
PART_SIGNS = ("-", ":", r"\|", "–")
PARTED_HEADINGS = (
    re.compile(r"^(.*\S)\s*\[([^\]]*)\]$"),
    *(re.compile(rf"^(.*\S)\s*{sign}\s+(\S.*)$") for sign in PART_SIGNS),
)
OTHER_HEADINGS = {
    "other",
    "other text",
    "something else",
    "please specify",
    "other please specify",
    "other (please specify)",
}
PLACE_HEADING = re.compile(r"^(?:rank|place|choice|position)?\s*#?(\d{1,2})$")


@dataclass(frozen=True)
class ColumnTarget:
    """`kind`: text, closed, row, option, place, or one of FILE_PARTS; `part`: the id of the row or option, or the place."""

    kind: str
    question: str = ""
    part: str = ""

    @property
    def key(self):
        """The value in a form."""
        return "|".join(one for one in (self.kind, self.question, self.part) if one)

    def spec(self, values=None):
        """The map's entry for a closed column."""
        spec = {"question": self.question}
        if self.kind in SPEC_PARTS:
            spec[self.kind] = int(self.part) if self.kind == "place" else self.part
        return spec | ({"values": values} if values else {})


def list_column_targets(questionnaire):
    """[(question text, [(Target, label)])]: every possible target of a column."""
    itself = [
        (ColumnTarget(DAY), "The day it was sent"),
        (ColumnTarget(LANGUAGE), "The language"),
        (ColumnTarget(QUOTE), "Whether their words may be shown: yes, or no"),
    ]
    found = [("The file itself", itself)]
    for number, item in enumerate(questionnaire.questions, start=1):
        targets = list(TARGETS.of_item(item)(item, questionnaire))
        if asked := build_other_item(item):
            targets.append((ColumnTarget("text", asked["id"]), "Words beside the other choice"))
        found.append((f"{number}. {_english_words(item, questionnaire)}", targets))
    return found


def _english_words(thing, questionnaire):
    return localised_text(thing["text"], "en", questionnaire.content["source"]) or thing["id"]


def _text_targets(item, questionnaire):
    yield ColumnTarget("text", item["id"]), "What they wrote"


def _grid_targets(item, questionnaire):
    for row in item["rows"]:
        yield ColumnTarget("row", item["id"], row["id"]), f"Row: {_english_words(row, questionnaire)}"


def _ranking_targets(item, questionnaire):
    yield ColumnTarget("closed", item["id"]), "Their answers, several in one cell"
    for place in range(1, min(item.get("rank") or 3, len(item["options"])) + 1):
        yield ColumnTarget("place", item["id"], str(place)), f"Place {place}"


def _closed_targets(item, questionnaire):
    if not can_choose_several(item):
        yield ColumnTarget("closed", item["id"]), "Their answer"
        return
    yield ColumnTarget("closed", item["id"]), "Their answers, several in one cell"
    for option in item["options"]:
        yield _option_target(item, option), f"Only this choice: {_english_words(option, questionnaire)}"


TARGETS = TypeTable(
    choice=_closed_targets, typed=_closed_targets, grid=_grid_targets, ranking=_ranking_targets, text=_text_targets
)


class HeadingSuggestions:
    """Suggests a target for a heading, by the questionnaire's ids and texts in all languages."""

    def __init__(self, questionnaire):
        self.whole, self.items = {}, {}
        for item in questionnaire.questions:
            for name in (item["id"], *item["text"].values()):
                self.items.setdefault(fold_words(name), item)
                self.whole.setdefault(fold_words(name), self._build_whole_target(item))
            if asked := build_other_item(item):
                for name in (asked["id"], *asked["text"].values()):
                    self.whole.setdefault(fold_words(name), ColumnTarget("text", asked["id"]))

    @staticmethod
    def _build_whole_target(item):
        if type_of(item).has_rows:
            return None
        return ColumnTarget("text" if type_of(item).is_text else "closed", item["id"])

    def of(self, heading):
        """The Target of a heading, or None."""
        for name in _heading_variants(heading):
            if target := self.whole.get(fold_words(name)):
                return target
            for base, part in (found.groups() for pattern in PARTED_HEADINGS if (found := pattern.match(name))):
                item = self.items.get(fold_words(base)) or self.items.get(fold_words(NUMBER_PREFIX.sub("", base)))
                if item and (target := self._find_part_target(item, fold_words(part))):
                    return target
        return self._row_alone(fold_words(heading))

    def _find_part_target(self, item, part):
        if asked := build_other_item(item):
            if part in OTHER_HEADINGS:
                return ColumnTarget("text", asked["id"])
            other = next(option for option in item["options"] if option.get("other"))
            if part in _folded_names(other):
                return _option_target(item, other)
        for row in item["rows"]:
            if part in _folded_names(row):
                return ColumnTarget("row", item["id"], row["id"])
        if TARGETS.of_item(item) is _ranking_targets and (found := PLACE_HEADING.match(part)):
            return ColumnTarget("place", item["id"], found[1])
        if can_choose_several(item):
            option = next((option for option in item["options"] if part in _folded_names(option)), None)
            return _option_target(item, option) if option else None
        return None

    def _row_alone(self, heading):
        """The grid row whose text alone is the heading, if only one grid has it."""
        rows = [(item, row) for item in self.items.values() for row in item["rows"] if heading in _folded_names(row)]
        found = {(item["id"], row["id"]) for item, row in rows}
        return ColumnTarget("row", *found.pop()) if len(found) == 1 else None


def _option_target(item, option):
    return ColumnTarget("option", item["id"], option["id"])


def _folded_names(thing):
    return {fold_words(thing["id"]), *(fold_words(words) for words in thing["text"].values())}


def _heading_variants(heading):
    """The heading, and without the code or number that a tool puts before it."""
    yield heading
    for before in (CODE_PREFIX, NUMBER_PREFIX):
        shorter = before.sub("", heading)
        if shorter != heading:
            yield shorter
            yield NUMBER_PREFIX.sub("", shorter)


def suggest_targets(questionnaire, columns):
    """{column: Target} for the headings that suggest one; each target once."""
    reader, found, taken = HeadingSuggestions(questionnaire), {}, set()
    for column in columns:
        target = reader.of(column)
        if target and target not in taken:
            found[column] = target
            taken.add(target)
    return found


def targets_by_key(questionnaire):
    return {target.key: target for _, offered in list_column_targets(questionnaire) for target, _ in offered}


def build_map_parts(chosen, values, *, day="", language=""):
    """The parts of a map (see column_mapping.py) from {column: Target} and {column: {cell: option id}}."""
    parts = {"text": {}, "closed": {}, "day": day, "language": language}
    for column, target in chosen.items():
        if target.kind == "text":
            parts["text"][column] = target.question
        elif target.kind in FILE_PARTS:
            parts[target.kind] = column
        else:
            parts["closed"][column] = target.spec(values.get(column))
    return {name: said for name, said in parts.items() if said}


def targets_of_map(parts):
    """{column: Target} of a map that `build_map_parts` made."""
    found = {column: ColumnTarget("text", question) for column, question in (parts.get("text") or {}).items()}
    for column, spec in (parts.get("closed") or {}).items():
        named = next((name for name in SPEC_PARTS if spec.get(name)), "")
        found[column] = ColumnTarget(named or "closed", spec["question"], str(spec[named]) if named else "")
    for kind in FILE_PARTS:
        if parts.get(kind):
            found[parts[kind]] = ColumnTarget(kind)
    return found


def cell_values_of_map(parts):
    return {column: spec.get("values") or {} for column, spec in (parts.get("closed") or {}).items()}


def list_cell_meanings(item, questionnaire):
    """[(option id, label)]: the possible meanings of a cell in a closed column."""
    words = [(option["id"], _english_words(option, questionnaire)) for option in item["options"]]
    non_response = {"dont-know": "I don’t know", "rather-not": "I don’t want to say"}
    return words + [(name, non_response[name]) for name in ALSO if name in item["also"]]

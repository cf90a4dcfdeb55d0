"""Targets of a file's columns: the choices on the mapping page, suggestions from headings, and the resulting map."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from consultation.channels.imports.closed_columns import fold_words
from consultation.surveys.questionnaire_schema import ALSO, OTHER, build_other_item, can_choose_several, localised_text
from consultation.surveys.reachability import max_choices
from consultation.surveys.type_registry import TypeTable, type_of

DAY, LANGUAGE, QUOTE = "day", "language", "quote"
FILE_PARTS = (DAY, LANGUAGE, QUOTE)  # kinds of targets that answer no question
SPEC_PARTS = ("row", "option", "place", "rank")  # kinds of targets that are a part of a question
NUMBER_PREFIX = re.compile(r"^(?:q(?:uestion)?\s*)?\d+(?:\.?[a-z]|\.\d+)*\s*[.):\-]?\s+", re.IGNORECASE)
CODE_PREFIX = re.compile(r"^[a-z][a-z0-9_]*(?:\[[^\]]*\])*[.:]\s+", re.IGNORECASE)
PART_SIGNS = ("-", ":", r"\|", "–", ">>")
PARTED_HEADINGS = (
    re.compile(r"^(.*\S)\s*\(choice=(.*)\)$"),  # REDCap
    re.compile(r"^(.*\?)\.(\S.*)$"),  # Microsoft Forms
    re.compile(r"^(.*\S)\s*\[([^\]]*)\]$"),
    re.compile(r"^(.*\S)\s*\(([^()]*)\)$"),
    *(re.compile(rf"^(.*\S)\s*{sign}\s+(\S.*)$") for sign in PART_SIGNS),
)
PART_FIRST = re.compile(r"^(.*\S)\s*:\s*(\S.*)$")  # Alchemer: "choice:question"
OTHER_HEADING = re.compile(
    r"(?:other|something else)(?: text)?|type your answer|"
    r"(?:(?:if |you )*(?:selected |chose |ticked )?(?:other|something else)\b.*\b|please )"
    r"(?:specify|say what|say|state|write in|describe|tell us)\b.*"
)
# After a question, the label of its one column says nothing of its own, unless it asks for words about the answer.
ASKS_FOR_WORDS = re.compile(r"\b(comments?|why|explain|reasons?|details?|specify|say|tell|notes?|text|other|else)\b")
# Labels that tools put between a question and its part, or after it, and that say nothing of their own.
EMPTY_LABELS = {"response", "responses", "selected choice", "open-ended response", "open ended response", "answer"}
BESIDE_OTHER = "Words beside the “other” choice"
PLACE_NAME = "(?:rank(?:ing)?|place|choice|position)"
PLACE_HEADING = re.compile(rf"^{PLACE_NAME}?\s*#?(\d{{1,2}})(?:st|nd|rd|th)?(?: {PLACE_NAME})?$")


@dataclass(frozen=True)
class ColumnTarget:
    """`kind`: text, closed, row, option, cell (of a grid), place, rank (the place of an option), or one of FILE_PARTS;
    `part`: the id of the row or option, "row/option", or the place."""

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
        if self.kind == "cell":
            spec["row"], spec["option"] = self.part.split("/", 1)
        elif self.kind in SPEC_PARTS:
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
        # With the number, since a closed list shows no more than the chosen line.
        numbered = [(target, f"{number}. {label}") for target, label in targets]
        found.append((f"{number}. {_english_words(item, questionnaire)}", numbered))
    return found


def _english_words(thing, questionnaire):
    return localised_text(thing["text"], "en", questionnaire.content["source"]) or thing["id"]


def _text_targets(item, questionnaire):
    yield ColumnTarget("text", item["id"]), "What they wrote"


def _grid_targets(item, questionnaire):
    for row in item["rows"]:
        said = _english_words(row, questionnaire)
        yield ColumnTarget("row", item["id"], row["id"]), f"Row: {said}"
        for option in item["options"]:
            yield _cell_target(item, row, option), f"Only this cell: {said}, {_english_words(option, questionnaire)}"


def _ranking_targets(item, questionnaire):
    yield ColumnTarget("closed", item["id"]), "Their answers, several in one cell"
    for place in range(1, min(item.get("rank") or 3, len(item["options"])) + 1):
        yield ColumnTarget("place", item["id"], str(place)), f"What is in place {place}"
    for option in item["options"]:
        words = _english_words(option, questionnaire)
        yield ColumnTarget("rank", item["id"], option["id"]), f"Which place this has: {words}"


def _closed_targets(item, questionnaire):
    several = can_choose_several(item)
    yield ColumnTarget("closed", item["id"]), "Their answers, several in one cell" if several else "Their answer"
    for option in [] if type_of(item).is_banded else item["options"]:
        yield _option_target(item, option), f"Only this choice: {_english_words(option, questionnaire)}"


TARGETS = TypeTable(
    choice=_closed_targets, typed=_closed_targets, grid=_grid_targets, ranking=_ranking_targets, text=_text_targets
)


class HeadingSuggestions:
    """Suggests a target for a heading, by the questionnaire's ids and texts in all languages. `columns`: all headings of
    the file, because a question's one column is its answer, whatever its label."""

    def __init__(self, questionnaire, columns=()):
        self.whole, self.items = {}, {}
        self.columns = columns
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
        labelled = []
        for name in (*_heading_variants(heading), *_list_names_in_groups(heading)):
            if target := self.whole.get(fold_words(name)):
                return target
            for item, parts in self._list_known_partings(name):
                if target := self._find_parts_target(item, parts):
                    return target
                labelled += [item] if _is_empty_label(item, parts) else []
        if labelled:  # “question - label”: its answer, where no other column of the file is one to the question
            return self._build_whole_target(labelled[0]) if self._columns_of_items[labelled[0]["id"]] == 1 else None
        if _is_other_alone(heading):
            return self._find_words_of_column_before(heading)
        return next(filter(None, map(self._find_part_alone, map(fold_words, _heading_variants(heading)))), None)

    def _find_words_of_column_before(self, heading):
        """The words beside "other" of the question that the column before answers: tools write them behind it."""
        place = self.columns.index(heading) if heading in self.columns else 0
        earlier = (column for column in reversed(self.columns[:place]) if not _is_other_alone(column))
        before = self.of(next(earlier, ""))
        item = self.items.get(fold_words(before.question.removesuffix(OTHER))) if before else None
        asked = build_other_item(item) if item else None
        return ColumnTarget("text", asked["id"]) if asked else None

    def _list_known_partings(self, name):
        """[(question, its parts)]"""
        for base, *parts in _list_partings(name):
            if item := self.items.get(fold_words(base)) or self.items.get(fold_words(NUMBER_PREFIX.sub("", base))):
                yield item, [fold_words(part) for part in parts]

    @cached_property
    def _columns_of_items(self):
        """{question id: how many columns of the file are the question, or begin with it and ask for no words about it}"""
        found = Counter()
        for column in self.columns:
            names = [*_heading_variants(column), *_list_names_in_groups(column)]
            items = [self.items.get(fold_words(name)) for name in names]
            known = [parting for name in names for parting in self._list_known_partings(name)]
            items += [item for item, parts in known if len(parts) > 1 or _is_empty_label(item, parts)]
            found.update({item["id"] for item in items if item})
        return found

    def _find_parts_target(self, item, parts):
        """The target of “question - part”, “question - label - part” or “question - row - choice”."""
        said = [part for part in parts if part not in EMPTY_LABELS]
        # “question - Selected Choice - Other” is the tick of a choice: its words are in “question - Other - Text”.
        ticks = item["options"] if len(said) == 1 < len(parts) and can_choose_several(item) else []
        if option := next((option for option in ticks if said[0] in _folded_names(option)), None):
            return self._build_part_of_several(item, option)
        if not said:
            return self._build_whole_target(item)
        if said[-1] == "text" and len(said) > 1:  # “question - Other - Text”
            return self._find_part_target(item, "other") if build_other_item(item) else None
        if type_of(item).has_rows and len(said) > 1:
            row = next((row for row in item["rows"] if said[0] in _folded_names(row)), None)
            option = next((option for option in item["options"] if said[1] in _folded_names(option)), None)
            if row and option:
                return _cell_target(item, row, option)
        return self._find_part_target(item, said[-1])

    def _find_part_target(self, item, part):
        if asked := build_other_item(item):
            if OTHER_HEADING.fullmatch(part):
                return ColumnTarget("text", asked["id"])
            other = next(option for option in item["options"] if option.get("other"))
            if part in _folded_names(other):
                return _option_target(item, other)
        for row in item["rows"]:
            if part in _folded_names(row):
                return ColumnTarget("row", item["id"], row["id"])
        if TARGETS.of_item(item) is _ranking_targets and (found := PLACE_HEADING.match(part)):
            offered = int(found[1]) <= min(item.get("rank") or 3, len(item["options"]))
            return ColumnTarget("place", item["id"], found[1]) if offered else None
        if type_of(item).has_choices and not type_of(item).has_rows:
            option = next((option for option in item["options"] if part in _folded_names(option)), None)
            return self._build_part_of_several(item, option) if option else None
        return None

    @staticmethod
    def _build_part_of_several(item, option):
        if TARGETS.of_item(item) is _ranking_targets:
            return ColumnTarget("rank", item["id"], option["id"])
        return _option_target(item, option)

    def _find_part_alone(self, heading):
        """The row of a grid, or the one of several choices, whose text alone is the heading, if one question has it."""
        found = set()
        for item in self.items.values():
            found |= {("row", item["id"], row["id"]) for row in item["rows"] if heading in _folded_names(row)}
            if can_choose_several(item) and TARGETS.of_item(item) is _closed_targets:
                found |= {
                    ("option", item["id"], each["id"]) for each in item["options"] if heading in _folded_names(each)
                }
        return ColumnTarget(*found.pop()) if len(found) == 1 else None


def _is_other_alone(heading):
    asked = {fold_words(name) for name in _list_names_in_groups(heading)} - {"other", "something else"}
    return any(map(OTHER_HEADING.fullmatch, asked.union(map(fold_words, _heading_variants(heading)))))


def _is_empty_label(item, parts):
    return len(parts) == 1 and (type_of(item).is_text or not ASKS_FOR_WORDS.search(parts[0]))


def _option_target(item, option):
    return ColumnTarget("option", item["id"], option["id"])


def _cell_target(item, row, option):
    return ColumnTarget("cell", item["id"], f"{row['id']}/{option['id']}")


def _list_partings(heading):
    """[(question, part)] and [(question, label, part)]: the ways to take a heading apart, at most twice."""
    for base, part in (found.groups() for pattern in PARTED_HEADINGS if (found := pattern.match(heading))):
        yield base, part
        for outer, label in (found.groups() for pattern in PARTED_HEADINGS if (found := pattern.match(base))):
            yield outer, label, part
    yield from ((heading[: sign.start()], heading[sign.end() :]) for sign in _find_group_signs(heading))
    if found := PART_FIRST.match(heading):
        yield found[2], found[1]


def _folded_names(thing):
    return {fold_words(thing["id"]), *(fold_words(words) for words in thing["text"].values())}


def _heading_variants(heading):
    """The heading, and without the code or number that a tool puts before it, or the sign of a duty behind it."""
    heading = heading.rstrip("* ") or heading
    yield heading
    for before in (CODE_PREFIX, NUMBER_PREFIX):
        shorter = before.sub("", heading)
        if shorter != heading:
            yield shorter
            yield NUMBER_PREFIX.sub("", shorter)


def _list_names_in_groups(heading):
    """“question” of “group/question”, and of the names of programs “group-question” and “group:question”; the longest
    first."""
    return [heading[sign.end() :] for sign in _find_group_signs(heading)]


def _find_group_signs(heading):
    """KoboToolbox writes "/" between a group, a question and its part, whose words may have it, too; other tools that
    write names of programs have other signs."""
    return re.finditer("/" if " " in heading else "[/:.-]", heading)


def suggest_targets(questionnaire, columns):
    """{column: Target} for the headings that suggest one; each target once, but words, which several columns may hold. The
    words of two questions (“Why?”) tell neither."""
    reader, found, taken = HeadingSuggestions(questionnaire, columns), {}, set()
    named = Counter(name for item in questionnaire.questions for name in _folded_names(item))
    shared = {item["id"] for item in questionnaire.questions if any(named[name] > 1 for name in _folded_names(item))}
    for column in columns:
        target = reader.of(column)
        question = target.question.removesuffix(OTHER) if target else ""
        if question in shared and fold_words(column) != fold_words(question):
            continue
        if target and (target not in taken or target.kind == "text" and target.question.endswith(OTHER)):
            found[column] = target
            taken.add(target)
    return found


def targets_by_key(questionnaire):
    return {target.key: target for _, offered in list_column_targets(questionnaire) for target, _ in offered}


def build_map_parts(chosen, values, *, day="", day_order="", language="", first=()):
    """The parts of a map (see column_mapping.py) from {column: Target} and {column: {cell: option id}}. `first`: ids of
    rankings of which only the places that are asked count, because a person said so."""
    parts = {"text": {}, "closed": {}, "day": day, "day_order": day_order, "language": language}
    for column, target in chosen.items():
        if target.kind == "text":
            parts["text"][column] = target.question
        elif target.kind in FILE_PARTS:
            parts[target.kind] = column
        else:
            parts["closed"][column] = target.spec(values.get(column)) | (
                {"first": True} if target.question in first else {}
            )
    return {name: said for name, said in parts.items() if said}


def targets_of_map(parts):
    """{column: Target} of a map that `build_map_parts` made."""
    found = {column: ColumnTarget("text", question) for column, question in (parts.get("text") or {}).items()}
    for column, spec in (parts.get("closed") or {}).items():
        if spec.get("row") and spec.get("option"):
            found[column] = ColumnTarget("cell", spec["question"], f"{spec['row']}/{spec['option']}")
            continue
        named = next((name for name in SPEC_PARTS if spec.get(name)), "")
        found[column] = ColumnTarget(named or "closed", spec["question"], str(spec[named]) if named else "")
    for kind in FILE_PARTS:
        if parts.get(kind):
            found[parts[kind]] = ColumnTarget(kind)
    return found


def cell_values_of_map(parts):
    return {column: spec.get("values") or {} for column, spec in (parts.get("closed") or {}).items()}


def first_places_of_map(parts):
    """Ids of the rankings of which only the places that are asked count."""
    return {spec["question"] for spec in (parts.get("closed") or {}).values() if spec.get("first")}


def list_rankings(questionnaire, parts):
    """[(question id, its words, how many places are asked, whether longer orders are cut)]: mapped rankings."""
    used = {spec["question"] for spec in (parts.get("closed") or {}).values()}
    for item in questionnaire.questions:
        if item["id"] in used and TARGETS.of_item(item) is _ranking_targets:
            cut = item["id"] in first_places_of_map(parts)
            yield item["id"], _english_words(item, questionnaire), max_choices(item), cut


def list_cell_meanings(item, questionnaire, kind):
    """[(option id, label)]: the possible meanings of a cell in a closed column; that of words beside "other" has the id of
    the question of these words."""
    kind_of = type_of(item)
    words = [
        (option["id"], _english_words(option, questionnaire))
        for option in item["options"]
        if not kind_of.is_banded
        or kind_of.parse_cell(item, option["id"])  # a year is an answer, a band of numbers none
    ]
    non_response = {"dont-know": "I don’t know", "rather-not": "I don’t want to say"}
    words += [(name, non_response[name]) for name in ALSO if name in item["also"]]
    if kind == "closed" and (other := build_other_item(item)):
        words.append((other["id"], BESIDE_OTHER))
    return words

"""Targets of a file's columns: the choices on the mapping page, suggestions from headings, and the resulting map."""

import re
from dataclasses import dataclass

from consultation.answering.imports.mapping import folded
from consultation.questionnaires.schema import ALSO, TEXT, other_of, said, takes_several

DAY, LANGUAGE = "day", "language"
NUMBERED = re.compile(r"^(?:q(?:uestion)?\s*)?\d+[a-z]?\s*[.):\-]?\s+", re.IGNORECASE)
CODED = re.compile(r"^[a-z][a-z0-9_]*(?:\[[^\]]*\])*[.:]\s+", re.IGNORECASE)
SIGNS = ("-", ":", r"\|", "–")
PARTED = (
    re.compile(r"^(.*\S)\s*\[([^\]]*)\]$"),
    *(re.compile(rf"^(.*\S)\s*{sign}\s+(\S.*)$") for sign in SIGNS),
)
OTHER_WORDS = {
    "other",
    "other (please specify)",
    "please specify",
    "other please specify",
    "something else",
    "other text",
}
PLACE = re.compile(r"^(?:rank|place|choice|position)?\s*#?(\d{1,2})$")


@dataclass(frozen=True)
class Target:
    """`kind`: text, closed, row, option, place, day or language; `part`: the id of the row or option, or the place."""

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
        named = {"row": "row", "option": "option", "place": "place"}.get(self.kind)
        if named:
            spec[named] = int(self.part) if named == "place" else self.part
        return spec | ({"values": values} if values else {})


def targets(questionnaire):
    """[(question text, [(Target, label)])]: every possible target of a column."""
    found = [("The file itself", [(Target(DAY), "The day it was sent"), (Target(LANGUAGE), "The language")])]
    for number, item in enumerate(questionnaire.questions, start=1):
        found.append((f"{number}. {_words(item, questionnaire)}", list(_of_item(item, questionnaire))))
    return found


def _words(thing, questionnaire):
    return said(thing["text"], "en", questionnaire.content["source"]) or thing["id"]


def _of_item(item, questionnaire):
    if item["type"] in TEXT:
        yield Target("text", item["id"]), "What they wrote"
        return
    if item["type"] == "grid":
        for row in item["rows"]:
            yield Target("row", item["id"], row["id"]), f"Row: {_words(row, questionnaire)}"
        return
    yield Target("closed", item["id"]), "Their answers, several in one cell" if takes_several(item) else "Their answer"
    if item["type"] == "ranking":
        for place in range(1, min(item.get("rank") or 3, len(item["options"])) + 1):
            yield Target("place", item["id"], str(place)), f"Place {place}"
    elif takes_several(item):
        for option in item["options"]:
            yield Target("option", item["id"], option["id"]), f"Only this choice: {_words(option, questionnaire)}"
    if asked := other_of(item):
        yield Target("text", asked["id"]), "Words beside the other choice"


class Suggestions:
    """Suggests a target for a heading, by the questionnaire's ids and texts in all languages."""

    def __init__(self, questionnaire):
        self.whole, self.items = {}, {}
        for item in questionnaire.questions:
            for name in (item["id"], *item["text"].values()):
                self.items.setdefault(folded(name), item)
                self.whole.setdefault(folded(name), self._alone(item))
            if asked := other_of(item):
                for name in (asked["id"], *asked["text"].values()):
                    self.whole.setdefault(folded(name), Target("text", asked["id"]))

    @staticmethod
    def _alone(item):
        if item["type"] == "grid":
            return None
        return Target("text" if item["type"] in TEXT else "closed", item["id"])

    def of(self, heading):
        """The Target of a heading, or None."""
        for name in _spellings(heading):
            if target := self.whole.get(folded(name)):
                return target
            for base, part in _parted(name):
                item = self.items.get(folded(base)) or self.items.get(folded(NUMBERED.sub("", base)))
                if item and (target := self._part(item, folded(part))):
                    return target
        return self._row_alone(folded(heading))

    def _part(self, item, part):
        if other_of(item) and (part in OTHER_WORDS or part in _names(_other_option(item))):
            return Target("text", other_of(item)["id"]) if part in OTHER_WORDS else _option(item, _other_option(item))
        for row in item["rows"]:
            if part in _names(row):
                return Target("row", item["id"], row["id"])
        if item["type"] == "ranking" and (found := PLACE.match(part)):
            return Target("place", item["id"], found[1])
        if takes_several(item):
            option = next((option for option in item["options"] if part in _names(option)), None)
            return _option(item, option) if option else None
        return None

    def _row_alone(self, heading):
        """The grid row whose text alone is the heading, if only one grid has it."""
        rows = [(item, row) for item in self.items.values() for row in item["rows"] if heading in _names(row)]
        found = {(item["id"], row["id"]) for item, row in rows}
        return Target("row", *found.pop()) if len(found) == 1 else None


def _option(item, option):
    return Target("option", item["id"], option["id"])


def _other_option(item):
    return next(option for option in item["options"] if option.get("other"))


def _names(thing):
    return {folded(thing["id"]), *(folded(words) for words in thing["text"].values())}


def _spellings(heading):
    """The heading, and without the code or number that a tool puts before it."""
    yield heading
    for before in (CODED, NUMBERED):
        shorter = before.sub("", heading)
        if shorter != heading:
            yield shorter
            yield NUMBERED.sub("", shorter)


def _parted(heading):
    for pattern in PARTED:
        if found := pattern.match(heading):
            yield found[1], found[2]


def suggested(questionnaire, columns):
    """{column: Target} for the headings that suggest one; each target once."""
    reader, found, taken = Suggestions(questionnaire), {}, set()
    for column in columns:
        target = reader.of(column)
        if target and target not in taken:
            found[column] = target
            taken.add(target)
    return found


def by_key(questionnaire):
    return {target.key: target for _, offered in targets(questionnaire) for target, _ in offered}


def to_parts(chosen, values, *, day="", language=""):
    """The parts of a map (see mapping.py) from {column: Target} and {column: {cell: option id}}."""
    parts = {"text": {}, "closed": {}, "day": day, "language": language}
    for column, target in chosen.items():
        if target.kind == "text":
            parts["text"][column] = target.question
        elif target.kind in (DAY, LANGUAGE):
            parts[target.kind] = column
        else:
            parts["closed"][column] = target.spec(values.get(column))
    return {name: said for name, said in parts.items() if said}


def from_parts(parts):
    """{column: Target} of a map that `to_parts` made."""
    found = {column: Target("text", question) for column, question in (parts.get("text") or {}).items()}
    for column, spec in (parts.get("closed") or {}).items():
        named = next((name for name in ("row", "option", "place") if spec.get(name)), "")
        found[column] = Target(named or "closed", spec["question"], str(spec[named]) if named else "")
    for kind in (DAY, LANGUAGE):
        if parts.get(kind):
            found[parts[kind]] = Target(kind)
    return found


def values_of(parts):
    return {column: spec.get("values") or {} for column, spec in (parts.get("closed") or {}).items()}


def choices(item, questionnaire):
    """[(option id, label)]: the possible meanings of a cell in a closed column."""
    words = [(option["id"], _words(option, questionnaire)) for option in item["options"]]
    apart = {"dont-know": "I don’t know", "rather-not": "I don’t want to say"}
    return words + [(name, apart[name]) for name in ALSO if name in item["also"]]

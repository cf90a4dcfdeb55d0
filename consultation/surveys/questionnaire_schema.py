"""The frozen questionnaire: the shape of `PublishedVersion.content`, and typed access to it.

content = {
  "schema": 1, "slug": str, "audience": str, "codebook": str, "source": "en", "languages": ["en", "ur", ...],
  "title": {lang: str}, "summary": {lang: str}, "machine": [lang, ...],     # languages whose translation is unchecked
  "machine_checked": [lang, ...],                           # only if any: machine-translated and checked by a person
  "items": [ITEM, ...],                                                   # in the order of asking
  "summary_easy": {lang: str}, "missing": {lang: int}       # strings of a language that fall back to the source
}
ITEM = {
  "id": str,            # the block id: the same in all versions and languages
  "key": str,           # short ("a", ... "aa"): form field name and key in Response.closed; stable across versions
  "type": str,          # a name in type_registry
  "text": {lang: str}, "easy": {lang: str}, "hint": {lang: str}, "hint_easy": {lang: str}, "why": {lang: str},
  "options": [{"id": str, "key": str, "text": {lang: str}, "easy": {lang: str}, "exclusive": bool}],   # grid: columns
  "rows": [{"id": str, "key": str, "text": {lang: str}, "easy": {lang: str}}],                       # grid only
  "also": ["dont-know", "rather-not"],       # the non-response answers offered, with option keys DK and NA
  "show_if": RULE | None,                    # see routing_rules
  "about_you": "" | "age" | "area" | ...,    # answers that reports may split by; audience is the page's
  "max_length": int | None, "soon_box": bool, "rank": int | None, "limit": int | None,
  "sensitive": bool, "context": ["online-activity"], "links": [{"strand": int, "sub_point": str}], "themes": [slug],
  "help": [{"any_of": [option id...], "text": {lang: str}, "entries": [HelpEntry slug]}],
  # Only where they are used (so read them with .get):
  "ends": {"low": {lang: str}, "high": {lang: str}},   # slider; its options' ids are the numbers, their texts too
  "min": int, "max": int, "unit": {lang: str},         # number; its options are bands, with "from" and "to"
  "several": True,                                     # pictures: more than one may be chosen
  "picture": PICTURE, "audio": {lang: src}, "bsl": {"src": src, "captions": src?, "poster": src?},
  "pairs": True,                                       # multiple; reports show its choices two by two
  "place_types": [id in place_types],                  # types of place that the question asks about
  "not_for_groups": True,                              # a facilitator does not ask it
  "apart": True,                                       # equality question: sealed separately, never in Response.closed
  "level": 1 | 2                                       # section: a part, or a part inside a part
}
An option may also have "other": True (a text box opens beside it), "picture": PICTURE, "alt": {lang: str}.
PICTURE = name of a pictogram in templates/components/pics | {"src": src, "width": int, "height": int}
src = "asked/<sha256>.<ext>": see frozen_files. The options of a month are its years; those of yesno, faces, agreement,
slider and standard bands have fixed ids.
Response.closed = {key: option key}                 single, yesno, faces, agreement, slider, area, about, pictures
                  {key: [option keys]}              multiple, several pictures, ranking (in order, first is best)
                  {key: {row key: option key}}      grid
                  {key: int | DK | NA}              number: `list_chosen_keys` gives the band
                  {key: "2026-03" | "2026" | DK | NA}   month: `list_chosen_keys` gives the year
                  {key: DK | NA}                    a declined text question
The text beside an "other" option is an Answer to the question "<ITEM id>:other": see `build_other_item`.
Missing language strings fall back to the source language. A section has only text, easy, hint (its body), hint_easy,
sensitive and show_if of all this; its other values are empty.
"""

from dataclasses import dataclass
from functools import cached_property

from consultation.surveys.type_registry import type_of

DK, NA = "dk", "na"
ALSO = {"dont-know": DK, "rather-not": NA}
NON_RESPONSE_WORDS = {"dont-know": "q.dontknow", "rather-not": "q.rathernot"}  # keys of the interface text
OTHER = ":other"
OTHER_LETTERS = 120


def localised_text(strings, language, source="en"):
    """The string in a language, or else in the source language."""
    return strings.get(language) or strings.get(source, "")


@dataclass(frozen=True)
class Questionnaire:
    """Read access to the content of a version."""

    content: dict

    @property
    def items(self):
        return self.content["items"]

    @property
    def questions(self):
        return [item for item in self.items if type_of(item).is_question]

    @property
    def hard_questions(self):
        """Ids of the questions on a hard subject, marked themselves or by a part that they are in. Their figures are
        sensitive."""
        found, parts = set(), {}
        for item in self.items:
            if not type_of(item).is_question:
                level = item.get("level") or 1
                parts = {outer: hard for outer, hard in parts.items() if outer < level} | {level: item["sensitive"]}
            elif item["sensitive"] or any(parts.values()):
                found.add(item["id"])
        return found

    def by_id(self, question_id):
        """The item with this id; for "<id>:other" the text item of its "other" option."""
        found = next((item for item in self.items if item["id"] == question_id), None)
        if found is None and question_id.endswith(OTHER):
            asked = self.by_id(question_id.removesuffix(OTHER))
            return build_other_item(asked) if asked else None
        return found

    @cached_property
    def banded(self):
        """Questions whose exact answers reports see in bands only."""
        return [item for item in self.items if type_of(item).is_banded]

    @property
    def texts(self):
        """All free-text items, "other" texts included, in order."""
        found = [item if type_of(item).is_text else build_other_item(item) for item in self.items]
        return [item for item in found if item]


def base_question_id(question_id):
    """The id of the item that a text answers, without the suffix of an "other" text."""
    return question_id.removesuffix(OTHER)


def build_other_item(item):
    """The text beside the item's "other" option, as an item of its own; None if there is no such option.

    Its text joins the question and the choice, so that readers know what was asked."""
    option = next((option for option in item["options"] if option.get("other")), None)
    if option is None or item.get("apart"):  # texts are stored with a response, equality answers are not
        return None
    texts = {
        language: f"{words} {localised_text(option['text'], language)}" for language, words in item["text"].items()
    }
    return item | {
        "id": f"{item['id']}{OTHER}",
        "key": f"{item['key']}.other",
        "type": "short_text",
        "text": texts,
        "options": [],
        "also": [],
        "max_length": OTHER_LETTERS,
        "of": item["id"],
        "option": option["key"],
    }


def can_choose_several(item):
    """Whether a closed answer is a list of option keys."""
    return type_of(item).can_choose_several(item)


def find_summary_kind(item):
    """How reports summarise a question: by "option", by "row", as "words", or "" for not at all."""
    return type_of(item).summary


def divides_people(item):
    """Whether a question sorts people into few, broad groups that reports may compare."""
    return type_of(item).divides_people and not can_choose_several(item)


def list_option_keys(item):
    """Every option key that the form may send for an item, DK and NA included."""
    return {option["key"] for option in item["options"]} | {ALSO[name] for name in item["also"]}


def find_option_key(item, option_id):
    """The key of an option id or of one in `ALSO`; None if the option was removed."""
    if option_id in ALSO:
        return ALSO[option_id]
    return next((option["key"] for option in item["options"] if option["id"] == option_id), None)


def band_answers(questionnaire, closed):
    """Closed answers for reports, with bands instead of numbers and years instead of months."""
    found = dict(closed)
    for item in questionnaire.banded:
        if item["key"] in found:
            found[item["key"]] = next(iter(list_chosen_keys(item, closed)), None)
    return {key: value for key, value in found.items() if value is not None}


def list_chosen_keys(item, closed):
    """The set of option keys chosen for an item, over all rows of a grid."""
    value = closed.get(item["key"])
    return set() if value is None else type_of(item).chosen_keys(item, value)

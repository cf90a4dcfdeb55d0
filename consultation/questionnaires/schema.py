"""The frozen questionnaire: the shape of `PublishedVersion.content`, and typed access to it.

content = {
  "schema": 1, "slug": str, "audience": str, "codebook": str, "source": "en", "languages": ["en", "ur", ...],
  "title": {lang: str}, "summary": {lang: str}, "machine": [lang, ...],     # languages whose translation is unchecked
  "items": [ITEM, ...],                                                   # in the order of asking
  "summary_easy": {lang: str}, "missing": {lang: int}       # strings of a language that fall back to the source
}
ITEM = {
  "id": str,            # the block id: the same in all versions and languages
  "key": str,           # short ("a", ... "aa"): form field name and key in Response.closed; stable across versions
  "type": "single" | "multiple" | "faces" | "agreement" | "grid" | "ranking" | "short_text" | "long_text" | "section",
  "text": {lang: str}, "easy": {lang: str}, "hint": {lang: str}, "hint_easy": {lang: str}, "why": {lang: str},
  "options": [{"id": str, "key": str, "text": {lang: str}, "easy": {lang: str}, "exclusive": bool}],   # grid: columns
  "rows": [{"id": str, "key": str, "text": {lang: str}, "easy": {lang: str}}],                       # grid only
  "also": ["dont-know", "rather-not"],       # offered apart, as option keys DK and NA
  "show_if": CONDITION | {"any": [CONDITION, ...]} | None,
  "about_you": "" | "age" | "area" | ...,    # answers that reports may split by; audience is the page's
  "max_length": int | None, "soon_box": bool, "rank": int | None, "limit": int | None,
  "sensitive": bool, "context": ["online-activity"], "links": [{"strand": int, "sub_point": str}], "themes": [slug],
  "help": [{"any_of": [option id...], "text": {lang: str}, "entries": [HelpEntry slug]}]
}
CONDITION = {"question": ITEM id, "any_of": [option id | "dont-know" | "rather-not", ...]}   # of a grid: in any row
Response.closed = {key: option key}                 single, faces, agreement
                  {key: [option keys]}              multiple (chosen), ranking (in order, first is best)
                  {key: {row key: option key}}      grid
Missing language strings fall back to the source language. A section has only text, easy, hint (its body), hint_easy,
sensitive and show_if of all this; its other values are empty.
"""

from dataclasses import dataclass

DK, NA = "dk", "na"
ALSO = {"dont-know": DK, "rather-not": NA}
CLOSED = {"single", "multiple", "faces", "agreement", "grid", "ranking"}
TEXT = {"short_text", "long_text"}


def said(strings, language, source="en"):
    """The string in a language, or in the source language where there is no translation yet."""
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
        return [item for item in self.items if item["type"] != "section"]

    def by_id(self, question_id):
        return next((item for item in self.items if item["id"] == question_id), None)

    def by_key(self, key):
        return next((item for item in self.items if item["key"] == key), None)

    @property
    def texts(self):
        return [item for item in self.items if item["type"] in TEXT]


def option_keys(item):
    """Every answer that the form may send for an item, the ones set apart included."""
    return {option["key"] for option in item["options"]} | {ALSO[name] for name in item["also"]}


def key_of(item, option_id):
    """The option key for an option id or one of `ALSO`; None when the option is gone."""
    if option_id in ALSO:
        return ALSO[option_id]
    return next((option["key"] for option in item["options"] if option["id"] == option_id), None)


def chosen_keys(item, closed):
    """The set of option keys chosen for an item, over all rows of a grid."""
    value = closed.get(item["key"])
    if value is None:
        return set()
    if isinstance(value, dict):
        return set(value.values())
    return set(value) if isinstance(value, list) else {value}


def is_shown(item, questionnaire, closed):
    """The branching rule, decided here for the server and written as CSS classes for the browser (one definition).

    A question is shown when one of its conditions holds: the question it names is shown itself, and one of the
    named options is chosen there.
    """
    conditions = conditions_of(item)
    return not conditions or any(_holds(condition, questionnaire, closed) for condition in conditions)


def conditions_of(item):
    """The conditions of an item, any of which shows it; empty when it is always shown."""
    rule = item.get("show_if")
    if not rule:
        return []
    return rule.get("any", [rule])


def _holds(condition, questionnaire, closed):
    asked = questionnaire.by_id(condition["question"])
    if asked is None or not is_shown(asked, questionnaire, closed):
        return False
    wanted = {key_of(asked, option_id) for option_id in condition["any_of"]} - {None}
    return bool(wanted & chosen_keys(asked, closed))


def shown_items(questionnaire, closed):
    return [item for item in questionnaire.items if is_shown(item, questionnaire, closed)]

"""From what a form sent to closed answers and texts, type by type. What was typed is kept even where it does not fit."""

from dataclasses import dataclass, field

from consultation.questionnaires.schema import ALSO, TEXT, Questionnaire, option_keys, shown_items

SOON = "soon"
MOST_LETTERS = 5000
MOST_VALUES = 60  # of one field: more is not a person


@dataclass(frozen=True)
class Problem:
    """What keeps an answer from being sent: the item, and the word for it."""

    item: dict
    word: str
    values: dict


@dataclass
class Sent:
    """One filled-in form, as sent."""

    closed: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)  # {question id: (text, soon)}
    values: dict = field(default_factory=dict)  # {field name: [value, ...]} to fill the form again
    problems: list = field(default_factory=list)

    @property
    def empty(self):
        return not self.closed and not self.texts


def field_names(item):
    """The names of an item's controls in the form."""
    if item["type"] == "grid":
        return [f"{item['key']}.{row['key']}" for row in item["rows"]] + [item["key"]]
    if item["type"] == "ranking":
        return [f"{item['key']}.{place}" for place in places(item)] + [item["key"]]
    if item["type"] in TEXT:
        return [item["key"], f"{item['key']}.{SOON}"]
    return [item["key"]]


def places(item):
    """1, 2, 3 ...: as many places as a ranking has, never more than it has things to rank."""
    things = [option for option in item["options"] if not option.get("exclusive")]
    return range(1, min(item.get("rank") or 3, len(things)) + 1)


def parse(content, data):
    """A Sent from a QueryDict. Unknown fields and options are dropped; too much of something is a Problem."""
    questionnaire, sent = Questionnaire(content), Sent()
    for item in questionnaire.questions:
        sent.values.update(_raw(item, data))
    for item in questionnaire.questions:
        if item["type"] not in TEXT:
            _parse_closed(item, sent)
    shown = {item["id"] for item in shown_items(questionnaire, sent.closed)}
    for item in questionnaire.texts:
        _parse_text(item, sent)
    sent.closed, sent.texts = only_shown(questionnaire, sent.closed, sent.texts)
    sent.problems = [problem for problem in sent.problems if problem.item["id"] in shown]
    return sent


def only_shown(questionnaire, closed, texts):
    """(closed, texts) without answers to questions that were not shown."""
    items = shown_items(questionnaire, closed)
    keys, ids = {item["key"] for item in items}, {item["id"] for item in items}
    return (
        {key: value for key, value in closed.items() if key in keys},
        {question: said for question, said in texts.items() if question in ids},
    )


def _raw(item, data):
    found = {name: [clean(value) for value in data.getlist(name)[:MOST_VALUES]] for name in field_names(item)}
    return {name: values for name, values in found.items() if any(values)}


def clean(text):
    """Text as a person typed it: one kind of line break, no null byte, nothing that UTF-8 cannot hold."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def _parse_closed(item, sent):
    parsers = {"multiple": _multiple, "grid": _grid, "ranking": _ranking}
    value = parsers.get(item["type"], _single)(item, sent)
    if value:
        sent.closed[item["key"]] = value


def _single(item, sent):
    chosen = [value for value in sent.values.get(item["key"], []) if value in option_keys(item)]
    return chosen[0] if chosen else None


def _apart(item):
    """Options that stand alone: "none of these", "I don't know", "I don't want to say"."""
    alone = {option["key"] for option in item["options"] if option.get("exclusive")}
    return alone | {ALSO[name] for name in item["also"]}


def _multiple(item, sent):
    """In the order of the options. One that stands alone gives way to what was said beside it."""
    chosen = set(sent.values.get(item["key"], [])) & option_keys(item)
    order = [option["key"] for option in item["options"]] + [ALSO[name] for name in item["also"]]
    together = [key for key in order if key in chosen and key not in _apart(item)]
    if item.get("limit") and len(together) > item["limit"]:
        sent.problems.append(Problem(item, "error.many", {"n": item["limit"]}))
    return together or [key for key in order if key in chosen][:1]


def _grid(item, sent):
    rows, keys = {}, option_keys(item)
    for row in item["rows"]:
        value = next(iter(sent.values.get(f"{item['key']}.{row['key']}", [])), None)
        if value in keys:
            rows[row["key"]] = value
    return rows


def _ranking(item, sent):
    """Best first. The same thing picked twice keeps its best place; "none of these" gives way to a pick."""
    keys = {option["key"] for option in item["options"] if not option.get("exclusive")}
    picks = [next(iter(sent.values.get(f"{item['key']}.{place}", [])), None) for place in places(item)]
    ranked = list(dict.fromkeys(key for key in picks if key in keys))
    alone = [key for key in sent.values.get(item["key"], []) if key in _apart(item)]
    return ranked or alone[:1]


def _parse_text(item, sent):
    values = sent.values.get(item["key"], [])
    text = "\n".join(values).strip()
    if not text:
        return
    most = min(item.get("max_length") or MOST_LETTERS, MOST_LETTERS)
    if len(text) > most:
        sent.problems.append(Problem(item, "error.long", {"n": len(text) - most}))
    sent.texts[item["id"]] = (text, f"{item['key']}.{SOON}" in sent.values)

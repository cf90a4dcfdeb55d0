"""Random questionnaires of all types and random form input, for tests of branching."""

import re
from urllib.parse import urlencode

from django.http import QueryDict

from consultation.channels.web.survey_rendering import SurveyContext
from tests.factories import content, question

RADIOS = ("single", "yesno", "faces", "agreement", "slider", "area", "about")
TYPES = (*RADIOS, "multiple", "grid", "ranking", "pictures", "short_text", "number", "month", "section", "section")
ROWS = [{"id": f"r{key}", "key": key, "text": {"en": key}, "easy": {}} for key in "abc"]


def survey(chance, most=9, deepest=3):
    """A questionnaire of some items, whose rules rest on any earlier ones, nested as deep as it comes."""
    items = []
    for key in "abcdefghijklmnopqrstuvwxyz"[: chance.randint(2, most)]:
        items.append(_item(chance, key, rule(chance, items, deepest) if items and chance.random() < 0.6 else None))
    return content(*items)


def _item(chance, key, show_if):
    type_ = chance.choice(TYPES)
    if type_ == "section":
        hint = {"en": "Body"} if chance.random() < 0.5 else {}
        sensitive, level = chance.random() < 0.2, chance.choice([1, 1, 2, None])
        return question(key, type_, hint=hint, sensitive=sensitive, level=level, also=[], show_if=show_if)
    words = ["One", "Two", "Three", "Four"][: chance.randint(2, 4)]
    made = question(key, type_, words if type_ != "short_text" else [], show_if=show_if)
    made |= {"also": chance.sample(["dont-know", "rather-not"], chance.randint(0, 2)), "rank": 2, "limit": None}
    made |= {
        "rows": ROWS[: chance.randint(1, 3)] if type_ == "grid" else [],
        "min": 1,
        "max": 99,
        "unit": {"en": "km"},
    }
    if type_ == "month":
        made["options"] = [option | {"id": f"202{option['key']}"} for option in made["options"]]
    for place, option in enumerate(made["options"]):
        option |= {"from": place * 10 + 1, "to": place * 10 + 10}
    return _apart_and_other(chance, made)


def _apart_and_other(chance, made):
    if made["type"] in ("multiple", "pictures", "ranking") and chance.random() < 0.6:
        chance.choice(made["options"])["exclusive"] = True
    if made["type"] in ("multiple", "pictures", "single") and chance.random() < 0.4:
        chance.choice(made["options"])["other"] = True
    if made["type"] == "pictures":
        made["several"] = chance.random() < 0.7
    if made["type"] == "multiple" and chance.random() < 0.4:
        made["limit"] = chance.randint(1, 2)
    if chance.random() < 0.4:
        made["help"] = [{"any_of": _some(chance, made, 2), "text": {"en": "You can call."}, "entries": []}]
    return made


def rule(chance, earlier, deepest):
    if deepest and chance.random() < 0.4:
        inner = [rule(chance, earlier, deepest - 1) for _ in range(chance.randint(1, 3))]
        return {chance.choice(["all", "any"]): inner}
    asked = chance.choice(earlier)
    how = chance.choice(["any_of", "any_of", "none_of", "all_of"])
    return {"question": asked["id"], how: _some(chance, asked, 2 if how == "all_of" else 3)}


def _some(chance, asked, most):
    """Choices of a question, now and then one that is gone."""
    ids = [option["id"] for option in asked["options"]] + list(asked["also"])
    if not ids or chance.random() < 0.05:
        ids = [*ids, "gone"]
    return chance.sample(ids, min(len(ids), chance.randint(1, most)))


def steps_of(made):
    return SurveyContext(made, "en", {}, []).steps()


def controls(step):
    """(kind, name, value, classes) of everything that can be ticked or typed in a step."""
    options = [*step.get("options", ()), *(option for row in step.get("rows") or () for option in row["options"])]
    for option in options:
        yield step["control"], option["name"], option["value"], option["class"].split()
        if option.get("other"):
            yield "words", option["other"]["name"], "", option["other"]["class"].split()
    for option in step.get("also", ()):
        yield step["control"], option["name"], option["value"], option["class"].split()
    for select in step.get("selects", ()):
        for option in select["options"]:
            yield "radio", select["name"], option["value"], []
    if "value" in step and step["control"] == "checkbox":
        yield "words", step["key"], "", []


def filled(chance, steps):
    """{name: [values]}: anything that the form's controls can say at once, whatever is shown."""
    said = {}
    for step in steps:
        for kind, name, value, _ in controls(step):
            if kind == "checkbox" and chance.random() < 0.35:
                said.setdefault(name, []).append(value)
            elif kind == "words" and chance.random() < 0.3:
                said[name] = ["7"]
            elif kind == "radio" and (name not in said or chance.random() < 0.5) and chance.random() < 0.7:
                said[name] = [value]
    return said


def sent(said):
    return QueryDict(urlencode(said, doseq=True))


def matched(steps, said):
    """The simple selectors, as branching writes them, that something in the form matches."""
    found = set()
    for step in steps:
        for kind, name, value, classes in controls(step):
            if kind == "words" and said.get(name):
                found |= {f".{one}:not(:placeholder-shown)" for one in classes}
            elif kind != "words" and value in said.get(name, ()):
                found |= {f".{one}:checked" for one in classes}
    return found


def matches(compound, found):
    """Whether a form in which `found` is matched fits a compound selector: :has, :not, :is, one after the other."""
    while compound:
        name = re.match(r":(has|not|is)\(", compound)
        inner, compound = _bracket(compound[name.end() :])
        parts = _listed(inner)
        holds = any(part in found for part in parts) if name[1] == "has" else any(matches(p, found) for p in parts)
        if holds == (name[1] == "not"):
            return False
    return True


def _bracket(text):
    """(what is inside until the bracket closes, the rest)."""
    open_ = 1
    for at, letter in enumerate(text):
        open_ += (letter == "(") - (letter == ")")
        if not open_:
            return text[:at], text[at + 1 :]
    raise AssertionError(text)


def _listed(text):
    parts, open_ = [""], 0
    for letter in text:
        open_ += (letter == "(") - (letter == ")")
        if letter == "," and not open_:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


RULE = re.compile(
    r"\.ask(?P<none>\S*) \.if-r(?P<n>\d+):not\(:target,\.now\),"
    r"\.ask(?P<some>\S*) \.go \.if-r(?P=n)~a\{display:none!important\}"
)


def holding(css, found):
    """{N: whether the style shows what follows rule N}; both halves of each rule must agree about it."""
    held = {}
    for line in css.splitlines()[1:-1]:
        written = RULE.fullmatch(line)
        shows = matches(written["some"], found)
        assert matches(written["none"], found) != shows
        held[int(written["n"])] = shows
    return held


def visible_links(links, held):
    """The links that are seen: those whose rule holds, after none whose rule holds."""
    seen, hidden = [], False
    for link in links:
        if not hidden and (link["rule"] is None or held[link["rule"]]):
            seen.append(link["target"])
        hidden = hidden or (link["rule"] is not None and held[link["rule"]])
    return seen

"""Parsing of the codes that a typist enters into the fields of the web form.

A parser returns ({form field: [value, ...]}, problem or problems); "" is no problem.
"""

import re

from consultation.answering.fields import APART, MONTH, SOON, YEAR, places
from consultation.answering.paper.codes import SOON_CODE, UNCLEAR, all_codes, apart_codes, option_codes, split
from consultation.questionnaires.schema import TEXT, other_of, takes_several

ONE_ONLY = "Only one choice fits here. If two boxes are ticked and you cannot tell which one is meant, type ?."
MONTH_TYPED = re.compile(r"(?:(\d{1,2})\W+)?(\d{4})")


def field_names(item):
    """The fields of the typing page for one question, in the order of the paper."""
    key, type_ = item["key"], item["type"]
    if type_ == "grid":
        return [f"{key}.{row['key']}" for row in item["rows"]]
    if type_ == "ranking":
        return [place_name(item, option) for option in things(item)] + ([key] if _alone(item) else [])
    if type_ in TEXT:
        return [key] + ([f"{key}.{APART}"] if _beside(item) else [])
    return [key, other_of(item)["key"]] if other_of(item) else [key]


def place_name(item, option):
    return f"{item['key']}.p{option['key']}"


def things(item):
    """The options to rank, without exclusive ones."""
    return [option for option in item["options"] if not option.get("exclusive")]


def codes_of(item, name):
    """{code: key} that a field accepts; {} for texts and ranks, only non-response codes for a number or month."""
    if name == f"{item['key']}.{APART}":
        return _beside(item)
    if item["type"] in ("number", "month"):
        return apart_codes(item)
    if item["type"] == "ranking":
        return _alone(item) if name == item["key"] else {}
    return {} if item["type"] in TEXT or name.endswith(".other") else all_codes(item)


def _beside(item):
    return ({SOON_CODE: SOON} if item["soon_box"] else {}) | apart_codes(item)


def _alone(item):
    alone = {option["key"] for option in item["options"] if option.get("exclusive")}
    return {code: key for code, key in option_codes(item).items() if key in alone} | apart_codes(item)


def takes_many(item, name):
    return takes_several(item) and item["type"] != "ranking" or name == f"{item['key']}.{APART}"


def is_unclear(item, name, typed):
    """Whether a field of codes contains "?"; in a text it is the writer's own."""
    return UNCLEAR in typed and not (item["type"] in TEXT and name == item["key"]) and not name.endswith(".other")


def read(item, typed):
    """({web form field: values}, {typing page field: problem}) of one question, from {typing page field: typed
    text}."""
    readers = {"ranking": _ranking, "number": _number, "month": _month}
    reader = readers.get(item["type"], _text if item["type"] in TEXT else _codes)
    return reader(item, {name: "" if is_unclear(item, name, value) else value for name, value in typed.items()})


def _keys(item, name, typed):
    """([key, ...], problem) of a field of codes."""
    codes = codes_of(item, name)
    signs = [sign for sign in split(typed, codes) if sign != "."]
    unknown = next((sign for sign in signs if sign not in codes), None)
    if unknown:
        return [], f"“{unknown}” is not one of the choices here: {', '.join(codes)}."
    keys = list(dict.fromkeys(codes[sign] for sign in signs))
    return keys, ONE_ONLY if len(keys) > 1 and not takes_many(item, name) else ""


def _codes(item, typed):
    fields, problems = {}, {}
    for name, value in typed.items():
        if name.endswith(".other"):
            fields[name] = [value]
            continue
        fields[name], problems[name] = _keys(item, name, value)
    return fields, problems


def _ranking(item, typed):
    by_place, problems = {}, {}
    allowed = {str(place) for place in places(item)}
    for option in things(item):
        name = place_name(item, option)
        place = typed[name].strip().strip(".")
        if place and place not in allowed:
            problems[name] = f"“{place}” is not a place here. The places are 1 to {len(allowed)}."
        elif place in by_place:
            problems[name] = f"{place} is written twice. If you cannot tell which one is meant, type ? for both."
        elif place:
            by_place[place] = option["key"]
    order = [by_place[place] for place in sorted(by_place)]
    fields = {f"{item['key']}.{place}": [key] for place, key in enumerate(order, start=1)}
    if item["key"] in typed:
        fields[item["key"]], problems[item["key"]] = _keys(item, item["key"], typed[item["key"]])
    return fields, problems


def _set_apart(item, typed):
    """The non-response field and value, when a non-response code was typed in place of a number; else None."""
    codes = apart_codes(item)
    return {f"{item['key']}.{APART}": [codes[typed.lower()]]} if typed.lower() in codes else None


def _number(item, typed):
    value = typed[item["key"]].strip().strip(".")
    return _set_apart(item, value) or {item["key"]: [value]}, {}


def _month(item, typed):
    key, value = item["key"], typed[item["key"]].strip().strip(".")
    if apart := _set_apart(item, value):
        return apart, {}
    found = MONTH_TYPED.fullmatch(value)
    if value and not found:
        return {}, {key: "Type the month and the year, such as 3 2026; or the year alone."}
    month, year = found.groups() if found else ("", "")
    if month and not 1 <= int(month) <= 12:
        return {}, {key: f"There is no month {month}. If you cannot read it, type the year alone."}
    return {f"{key}.{MONTH}": [month or ""], f"{key}.{YEAR}": [year]}, {}


def _text(item, typed):
    key, beside = item["key"], f"{item['key']}.{APART}"
    keys, problem = _keys(item, beside, typed.get(beside, ""))
    fields = {key: [typed[key]], f"{key}.{SOON}": ["1"] if SOON in keys else []}
    return fields | {beside: [one for one in keys if one != SOON][:1]}, {beside: problem}

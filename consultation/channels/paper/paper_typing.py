"""Parsing of the codes that a typist enters into the fields of the web form.

A parser returns ({form field: [value, ...]}, problem or problems); "" is no problem.
"""

import re

from consultation.channels.paper.paper_codes import (
    SOON_CODE,
    UNCLEAR,
    all_keys_by_code,
    non_response_keys_by_code,
    option_keys_by_code,
    split_typed_codes,
)
from consultation.channels.web.form_fields import MONTH, NON_RESPONSE, SOON, YEAR, ranking_places
from consultation.surveys.questionnaire_schema import TEXT, build_other_item, can_choose_several

ONLY_ONE_CHOICE = "Only one choice fits here. If two boxes are ticked and you cannot tell which one is meant, type ?."
MONTH_TYPED = re.compile(r"(?:(\d{1,2})\W+)?(\d{4})")


def typing_field_names(item):
    """The fields of the typing page for one question, in the order of the paper."""
    key, type_ = item["key"], item["type"]
    if type_ == "grid":
        return [f"{key}.{row['key']}" for row in item["rows"]]
    if type_ == "ranking":
        return [ranking_field_name(item, option) for option in rankable_options(item)] + (
            [key] if _exclusive_codes(item) else []
        )
    if type_ in TEXT:
        return [key] + ([f"{key}.{NON_RESPONSE}"] if _codes_beside_text(item) else [])
    return [key, build_other_item(item)["key"]] if build_other_item(item) else [key]


def ranking_field_name(item, option):
    return f"{item['key']}.p{option['key']}"


def rankable_options(item):
    """The options to rank, without exclusive ones."""
    return [option for option in item["options"] if not option.get("exclusive")]


def codes_allowed_in(item, name):
    """{code: key} that a field accepts; {} for texts and ranks, only non-response codes for a number or month."""
    if name == f"{item['key']}.{NON_RESPONSE}":
        return _codes_beside_text(item)
    if item["type"] in ("number", "month"):
        return non_response_keys_by_code(item)
    if item["type"] == "ranking":
        return _exclusive_codes(item) if name == item["key"] else {}
    return {} if item["type"] in TEXT or name.endswith(".other") else all_keys_by_code(item)


def _codes_beside_text(item):
    return ({SOON_CODE: SOON} if item["soon_box"] else {}) | non_response_keys_by_code(item)


def _exclusive_codes(item):
    alone = {option["key"] for option in item["options"] if option.get("exclusive")}
    return {code: key for code, key in option_keys_by_code(item).items() if key in alone} | non_response_keys_by_code(
        item
    )


def takes_many_codes(item, name):
    return can_choose_several(item) and item["type"] != "ranking" or name == f"{item['key']}.{NON_RESPONSE}"


def is_marked_unclear(item, name, typed):
    """Whether a field of codes contains "?"; in a text it is the writer's own."""
    return UNCLEAR in typed and not (item["type"] in TEXT and name == item["key"]) and not name.endswith(".other")


def parse_typed_question(item, typed):
    """({web form field: values}, {typing page field: problem}) of one question, from {typing page field: typed
    text}."""
    readers = {"ranking": _parse_typed_ranking, "number": _parse_typed_number, "month": _parse_typed_month}
    reader = readers.get(item["type"], _parse_typed_text if item["type"] in TEXT else _parse_typed_choices)
    return reader(item, {name: "" if is_marked_unclear(item, name, value) else value for name, value in typed.items()})


def _parse_typed_codes(item, name, typed):
    """([key, ...], problem) of a field of codes."""
    codes = codes_allowed_in(item, name)
    signs = [sign for sign in split_typed_codes(typed, codes) if sign != "."]
    unknown = next((sign for sign in signs if sign not in codes), None)
    if unknown:
        return [], f"“{unknown}” is not one of the choices here: {', '.join(codes)}."
    keys = list(dict.fromkeys(codes[sign] for sign in signs))
    return keys, ONLY_ONE_CHOICE if len(keys) > 1 and not takes_many_codes(item, name) else ""


def _parse_typed_choices(item, typed):
    fields, problems = {}, {}
    for name, value in typed.items():
        if name.endswith(".other"):
            fields[name] = [value]
            continue
        fields[name], problems[name] = _parse_typed_codes(item, name, value)
    return fields, problems


def _parse_typed_ranking(item, typed):
    by_place, problems = {}, {}
    allowed = {str(place) for place in ranking_places(item)}
    for option in rankable_options(item):
        name = ranking_field_name(item, option)
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
        fields[item["key"]], problems[item["key"]] = _parse_typed_codes(item, item["key"], typed[item["key"]])
    return fields, problems


def _parse_typed_non_response(item, typed):
    """The non-response field and value, when a non-response code was typed in place of a number; else None."""
    codes = non_response_keys_by_code(item)
    return {f"{item['key']}.{NON_RESPONSE}": [codes[typed.lower()]]} if typed.lower() in codes else None


def _parse_typed_number(item, typed):
    value = typed[item["key"]].strip().strip(".")
    return _parse_typed_non_response(item, value) or {item["key"]: [value]}, {}


def _parse_typed_month(item, typed):
    key, value = item["key"], typed[item["key"]].strip().strip(".")
    if apart := _parse_typed_non_response(item, value):
        return apart, {}
    found = MONTH_TYPED.fullmatch(value)
    if value and not found:
        return {}, {key: "Type the month and the year, such as 3 2026; or the year alone."}
    month, year = found.groups() if found else ("", "")
    if month and not 1 <= int(month) <= 12:
        return {}, {key: f"There is no month {month}. If you cannot read it, type the year alone."}
    return {f"{key}.{MONTH}": [month or ""], f"{key}.{YEAR}": [year]}, {}


def _parse_typed_text(item, typed):
    key, beside = item["key"], f"{item['key']}.{NON_RESPONSE}"
    keys, problem = _parse_typed_codes(item, beside, typed.get(beside, ""))
    fields = {key: [typed[key]], f"{key}.{SOON}": ["1"] if SOON in keys else []}
    return fields | {beside: [one for one in keys if one != SOON][:1]}, {beside: problem}

"""Field names of each question type, and the parsers from fields to a closed answer.

A parser returns (value, problem): the stored form of schema.py, or None; the interface word and its values for input
that does not fit, or None. The form keeps what a person typed either way.
"""

import re

from consultation.surveys.questionnaire_schema import (
    ALSO,
    TEXT,
    build_other_item,
    can_choose_several,
    list_option_keys,
)

SOON, NON_RESPONSE, OTHER, MONTH, YEAR = "soon", "also", "other", "m", "y"
NUMBER = re.compile(r"[-−]?\d{1,9}(?:[.,]\d+)?")
THOUSANDS = re.compile(r"(?<=\d)[,'’٬ \u00a0\u202f](?=\d{3}(?!\d))")
TYPES_WITH_NON_RESPONSE_FIELD = TEXT | {"number", "month"}  # their non-response codes have a field of their own


def form_field_names(item):
    """The names of an item's controls in the form."""
    key, type_ = item["key"], item["type"]
    if type_ == "grid":
        return [f"{key}.{row['key']}" for row in item["rows"]] + [key]
    if type_ == "ranking":
        return [f"{key}.{place}" for place in ranking_places(item)] + [key]
    if type_ in TEXT:
        return [key, f"{key}.{SOON}", f"{key}.{NON_RESPONSE}"]
    if type_ == "number":
        return [key, f"{key}.{NON_RESPONSE}"]
    if type_ == "month":
        return [f"{key}.{MONTH}", f"{key}.{YEAR}", f"{key}.{NON_RESPONSE}"]
    return [key, f"{key}.{OTHER}"] if build_other_item(item) else [key]


def non_response_field_name(item):
    """The field of "I don't know" and "I don't want to say" (non-response)."""
    return f"{item['key']}.{NON_RESPONSE}" if item["type"] in TYPES_WITH_NON_RESPONSE_FIELD else item["key"]


def ranking_places(item):
    """1, 2, 3 ...: the places of a ranking, never more than its options."""
    things = [option for option in item["options"] if not option.get("exclusive")]
    return range(1, min(item.get("rank") or 3, len(things)) + 1)


def parse_closed_answer(item, values):
    """(value or None, (word, its values) or None) of one item."""
    if item["type"] in TEXT:
        return (None, None) if any(values.get(item["key"], [])) else (_parse_non_response(item, values), None)
    parsers = {"grid": _parse_grid, "ranking": _parse_ranking, "number": _parse_number, "month": _parse_month}
    return parsers.get(item["type"], _parse_multiple_choice if can_choose_several(item) else _parse_single_choice)(
        item, values
    )


def _first_filled_value(values, name):
    return next((value.strip() for value in values.get(name, []) if value.strip()), "")


def _parse_non_response(item, values):
    offered = {ALSO[name] for name in item["also"]}
    return next((value for value in values.get(non_response_field_name(item), []) if value in offered), None)


def _other_option_when_written(item, values):
    """The key of the "other" option when its text box is filled."""
    other = build_other_item(item)
    return other["option"] if other and _first_filled_value(values, other["key"]) else None


def _parse_single_choice(item, values):
    """Text beside "other" selects it only where nothing else is selected."""
    chosen = [value for value in values.get(item["key"], []) if value in list_option_keys(item)]
    return (chosen[0] if chosen else _other_option_when_written(item, values)), None


def _exclusive_options(item):
    """Keys of exclusive options ("none of these") and of the non-response codes."""
    alone = {option["key"] for option in item["options"] if option.get("exclusive")}
    return alone | {ALSO[name] for name in item["also"]}


def _parse_multiple_choice(item, values):
    """Keys in the order of the options. An exclusive option gives way to any other choice."""
    chosen = set(values.get(item["key"], [])) & list_option_keys(item) | (
        {_other_option_when_written(item, values)} - {None}
    )
    order = [option["key"] for option in item["options"]] + [ALSO[name] for name in item["also"]]
    together = [key for key in order if key in chosen and key not in _exclusive_options(item)]
    limit = item.get("limit")
    problem = ("error.many", {"n": limit}) if limit and len(together) > limit else None
    return together or [key for key in order if key in chosen][:1], problem


def _parse_grid(item, values):
    rows, keys = {}, list_option_keys(item)
    for row in item["rows"]:
        value = _first_filled_value(values, f"{item['key']}.{row['key']}")
        if value in keys:
            rows[row["key"]] = value
    return rows, None


def _parse_ranking(item, values):
    """Keys, best first. An option picked twice keeps its best place; "none of these" gives way to a pick."""
    keys = {option["key"] for option in item["options"] if not option.get("exclusive")}
    picks = [_first_filled_value(values, f"{item['key']}.{place}") for place in ranking_places(item)]
    ranked = list(dict.fromkeys(key for key in picks if key in keys))
    alone = [key for key in values.get(item["key"], []) if key in _exclusive_options(item)]
    return ranked or alone[:1], None


def _parse_number(item, values):
    typed = _first_filled_value(values, item["key"])
    if not typed:
        return _parse_non_response(item, values), None
    number = parse_whole_number(typed)
    if number is None or not item["min"] <= number <= item["max"]:
        return None, ("error.number", {"low": item["min"], "high": item["max"]})
    return number, None


def parse_whole_number(typed):
    """The only whole number in a text, in any script's digits; None for none or several."""
    found = NUMBER.findall(THOUSANDS.sub("", typed))
    if len(found) != 1 or not found[0].lstrip("-−").isdecimal():
        return None
    return int(found[0].replace("−", "-"))


def _parse_month(item, values):
    year, month = (_first_filled_value(values, f"{item['key']}.{part}") for part in (YEAR, MONTH))
    month = month if month.isdecimal() and 1 <= int(month) <= 12 else ""
    if year not in {option["id"] for option in item["options"]}:
        return (None, ("error.year", {})) if month else (_parse_non_response(item, values), None)
    return (f"{year}-{int(month):02}" if month else year), None


YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")
MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")


def parse_imported_number(item, said):
    """A number from a spreadsheet cell within the question's limits, or None."""
    number = parse_whole_number(said)
    return number if number is not None and item["min"] <= number <= item["max"] else None


def parse_imported_month(item, said):
    """The stored month of "2026-03", "03/2026" or "2026" in a spreadsheet cell; None for a year not offered."""
    said = said.strip()
    if found := YEAR_AND_MONTH.fullmatch(said):
        year, month = found.groups()
    elif found := MONTH_AND_YEAR.fullmatch(said):
        month, year = found.groups()
    else:
        year, month = said, ""
    return _parse_month(item, {f"{item['key']}.{YEAR}": [year], f"{item['key']}.{MONTH}": [month]})[0]

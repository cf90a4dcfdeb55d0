"""Validation of whole questions by type: each function returns {field: error} in words for officers.

A draft may be unfinished, so empty fields are skipped: required fields are checked by themselves later.
"""

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

ONE_OTHER = "Only one choice can have a box to write in. Untick it here."
NOT_MORE = "There are only {n} choices. Write a smaller number, or leave this empty."
ONLY_ONE = "People may choose one picture only. Leave this empty, or let them choose more than one."
AFTER = "This must be more than the first number."
STEPS = "That is more than 11 steps, too many to choose from. Write {n} or less."
LARGER = "This must be more than the smallest number."
GAP = "No band holds {n}. Start this one at {n}."
TWICE = "Two bands hold {n}. Start this one at {after}."
OUTSIDE = "The smallest number that fits is {n}. Start the first band there."
SHORT = "The largest number that fits is {n}. End the last band there."
LATER = "This must not be before the first year."
MANY_YEARS = "That is more than 20 years to choose from. A question with bands is easier to answer."
OWN_BANDS = "Write two bands or more, or choose prepared ones."
MOST_STEPS, MOST_YEARS = 10, 20


def _build_error(field, message):
    return {field: ValidationError(message)}


def _build_list_error(field, place, inner, message):
    at_field = StructBlockValidationError(block_errors={inner: ValidationError(message)})
    return {field: ListBlockValidationError(block_errors={place: at_field})}


def validate_one_other(value):
    """At most one "other" text for a question, because it is stored under the question's id."""
    places = [place for place, option in enumerate(value["options"]) if option.get("other")]
    return _build_list_error("options", places[1], "other", ONE_OTHER) if len(places) > 1 else {}


def validate_limit(value):
    if not value["limit"]:
        return {}
    if value.get("several") is False:
        return _build_error("limit", ONLY_ONE)
    number = len(value["options"])
    return _build_error("limit", NOT_MORE.format(n=number)) if value["limit"] > number else {}


def validate_steps(value):
    low, high = value["low"], value["high"]
    if low is None or high is None:
        return {}
    if high <= low:
        return _build_error("high", AFTER)
    return _build_error("high", STEPS.format(n=low + MOST_STEPS)) if high - low > MOST_STEPS else {}


def validate_bands(value):
    """Bands must cover every allowed number without gap or overlap."""
    least, most = value["least"], value["most"]
    spans = [(band["start"], band["end"]) for band in value["options"]]
    if None in (least, most) or not spans or any(None in span for span in spans):
        return {}
    if most <= least:
        return _build_error("most", LARGER)
    if spans[0][0] != least:
        return _build_list_error("options", 0, "start", OUTSIDE.format(n=least))
    for place, ((_, end), (start, _)) in enumerate(zip(spans, spans[1:], strict=False), start=1):
        if start != end + 1:
            words = GAP.format(n=end + 1) if start > end else TWICE.format(n=start, after=end + 1)
            return _build_list_error("options", place, "start", words)
    return _build_list_error("options", len(spans) - 1, "end", SHORT.format(n=most)) if spans[-1][1] != most else {}


def validate_years(value):
    first, last = value["first_year"], value["last_year"]
    if first is None or last is None:
        return {}
    if last < first:
        return _build_error("last_year", LATER)
    return _build_error("last_year", MANY_YEARS) if last - first >= MOST_YEARS else {}


def validate_own_bands(value):
    if value["bands"] != "own" or len(value["options"]) > 1:
        return {}
    return {"options": ListBlockValidationError(non_block_errors=[ValidationError(OWN_BANDS)])}

"""A month and a year, or the year alone; reports see the year only."""

import re
from datetime import date

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register

LATER = "This must not be before the first year."
MANY_YEARS = "That is more than 20 years to choose from. A question with bands is easier to answer."
MOST_YEARS = 20
MONTH, YEAR = "m", "y"
YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
MONTH_AND_YEAR = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})")


def validate_years(value):
    first, last = value["first_year"], value["last_year"]
    if first is None or last is None:
        return {}
    if last < first:
        return base_blocks.build_field_problem("last_year", LATER)
    return base_blocks.build_field_problem("last_year", MANY_YEARS) if last - first >= MOST_YEARS else {}


class MonthBlock(base_blocks.QuestionBlock):
    checks = (validate_years,)

    first_year = blocks.IntegerBlock(min_value=1900, max_value=2100, label="First year to choose")
    last_year = blocks.IntegerBlock(min_value=1900, max_value=2100, label="Last year to choose")

    class Meta:
        form_layout = base_blocks.build_form_layout("first_year", "last_year")
        icon = "calendar"
        label = "Month and year"


@register
class MonthType(base.TypedType):
    name = "month"
    place = 110
    block = MonthBlock
    seconds = 8
    hint_word = "q.month"
    span = ("first_year", "last_year")
    span_limits = (1900, 2100)
    wrong_cell = "This is no month or year that the question offers. Write 2026-03, 03/2026 or 2026."

    def build_options(self, child, texts):
        return base.build_number_options(child.value["first_year"], child.value["last_year"], texts)

    def writes_choices(self, item):
        return False

    def write_cells(self, item):
        return base.write_number_span(item)

    def list_field_names(self, item):
        return [f"{item['key']}.{MONTH}", f"{item['key']}.{YEAR}", self.non_response_field(item)]

    def parse(self, item, values):
        year, month = (base.first_filled_value(values, f"{item['key']}.{part}") for part in (YEAR, MONTH))
        month = month if month.isdecimal() and 1 <= int(month) <= 12 else ""
        if year not in {option["id"] for option in item["options"]}:
            return (None, ("error.year", {})) if month else (self._parse_non_response(item, values), None)
        return (f"{year}-{int(month):02}" if month else year), None

    def parse_cell(self, item, said):
        """The stored month of "2026-03", "2026-03-14", "03/2026" or "2026"; None for a year that is not offered, and for
        what no calendar has: “2026-13” is not 2026."""
        found = YEAR_AND_MONTH.fullmatch(said.strip()) or MONTH_AND_YEAR.fullmatch(said.strip())
        if not found:
            return None
        given = {name: part for name, part in found.groupdict().items() if part}
        try:
            date(**({"month": 1, "day": 1} | {name: int(part) for name, part in given.items()}))
        except ValueError:
            return None
        parts = ((YEAR, given["year"]), (MONTH, given.get("month", "")))
        return self.parse(item, {f"{item['key']}.{name}": [part] for name, part in parts})[0]

    def find_band(self, item, value):
        return next((option for option in item["options"] if option["id"] == str(value)[:4]), None)

"""A whole number, which reports see in bands only."""

import re

from wagtail import blocks

from consultation.surveys.answer_scales import format_span
from consultation.surveys.option_blocks import BandBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register

LARGER = "This must be more than the smallest number."
GAP = "No band holds {n}. Start this one at {n}."
TWICE = "Two bands hold {n}. Start this one at {after}."
OUTSIDE = "The smallest number that fits is {n}. Start the first band there."
SHORT = "The largest number that fits is {n}. End the last band there."
NUMBER = re.compile(r"[-−]?\d{1,9}(?:[.,]\d+)?")
CELL = re.compile(r"([-−]?\d{1,9})(?:\.00?)?\s*(.*)")  # spreadsheets write 5 as “5.0”; “1.000” may be a thousand
THOUSANDS = re.compile(r"(?<=\d)[,'’٬ \u00a0\u202f](?=\d{3}(?!\d))")


def validate_bands(value):
    """Bands must cover every allowed number without gap or overlap."""
    least, most = value["least"], value["most"]
    spans = [(band["start"], band["end"]) for band in value["options"]]
    if None in (least, most) or not spans or any(None in span for span in spans):
        return {}
    if most <= least:
        return base_blocks.build_field_problem("most", LARGER)
    if spans[0][0] != least:
        return base_blocks.build_list_problem("options", 0, "start", OUTSIDE.format(n=least))
    for place, ((_, end), (start, _)) in enumerate(zip(spans, spans[1:], strict=False), start=1):
        if start != end + 1:
            words = GAP.format(n=end + 1) if start > end else TWICE.format(n=start, after=end + 1)
            return base_blocks.build_list_problem("options", place, "start", words)
    if spans[-1][1] != most:
        return base_blocks.build_list_problem("options", len(spans) - 1, "end", SHORT.format(n=most))
    return {}


class NumberBlock(base_blocks.QuestionBlock):
    checks = (validate_bands,)

    least = blocks.IntegerBlock(default=0, label="Smallest number that fits")
    most = blocks.IntegerBlock(default=100, label="Largest number that fits")
    unit = blocks.CharBlock(
        max_length=40, required=False, default="", label="Of what", help_text="Shown beside the box, such as “hours”."
    )
    options = blocks.ListBlock(
        BandBlock(),
        min_num=2,
        label="Bands for reports",
        help_text="Reports show bands only, never the number. Together they must hold every number that fits.",
    )

    class Meta:
        form_layout = base_blocks.build_form_layout("least", "most", "unit", "options")
        icon = "order"
        label = "Number"


@register
class NumberType(base.TypedType):
    name = "number"
    place = 100
    block = NumberBlock
    seconds = 6
    hint_word = "q.number"
    span = ("least", "most")
    span_texts = ("unit",)
    wrong_cell = "This is not a whole number that fits, with nothing beside it but its unit."

    def build_options(self, child, texts):
        found = []
        for option in base.list_option_blocks(child):
            start, end = option.value["start"], option.value["end"]
            if start is None or end is None:
                continue
            text = texts(child.id, "options", option.id, "text") or base.repeat_in_languages(
                format_span(start, end), texts
            )
            found.append((option.id, base.build_plain_option(text) | {"from": start, "to": end}))
        return found

    def build_own_fields(self, child, texts):
        return {"min": child.value["least"], "max": child.value["most"], "unit": texts(child.id, "unit")}

    def describe_choices(self, value):
        bands = [option["value"] for option in value.get("options") or ()]
        return [
            band.get("text") or format_span(band.get("start") or 0, band["end"])
            for band in bands
            if band.get("end") is not None
        ]

    def read_written(self, question, written):
        texts = {band["id"]: written.translate(band["id"]) or band.get("text", "") for band in question["bands"]}
        bands = [
            (one, {"start": one["from"], "end": one["to"], "text": texts[one["id"]]}) for one in question["bands"]
        ]
        return {"options": [written.build_item(one, value) for one, value in bands]}

    def write_cells(self, item):
        return {"from": item["min"], "to": item["max"], "unit": item["unit"]}

    def read_choice(self, row, language):
        return {"start": row.number_of("from"), "end": row.number_of("to"), "text": row.says("text", language)}

    def write_choice(self, option):
        plain = format_span(option["from"], option["to"])
        words = {} if plain in option["text"].values() else option["text"]
        return {"from": option["from"], "to": option["to"], "text": words}

    def list_field_names(self, item):
        return [item["key"], self.non_response_field(item)]

    def parse(self, item, values):
        typed = base.first_filled_value(values, item["key"])
        if not typed:
            return self._parse_non_response(item, values), None
        number = parse_whole_number(typed)
        if number is None or not item["min"] <= number <= item["max"]:
            return None, ("error.number", {"low": item["min"], "high": item["max"]})
        return number, None

    def parse_cell(self, item, said):
        """The number of a cell that has nothing beside it but the question's own unit; else None: “<5” is not 5."""
        found = CELL.fullmatch(THOUSANDS.sub("", said.strip()))
        units = {words.casefold() for words in item["unit"].values()}
        if not found or (beside := found[2].casefold()) and not units & {beside, f"{beside}s"}:
            return None
        number = int(found[1].replace("−", "-"))
        return number if item["min"] <= number <= item["max"] else None

    def find_band(self, item, value):
        bands = (option for option in item["options"] if option["from"] <= value <= option["to"])
        return next(bands, None)


def parse_whole_number(typed):
    """The only whole number in a text, in any script's digits; None for none or several."""
    found = NUMBER.findall(THOUSANDS.sub("", typed))
    if len(found) != 1 or not found[0].lstrip("-−").isdecimal():
        return None
    return int(found[0].replace("−", "-"))

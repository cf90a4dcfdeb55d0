"""The typing of a paper form, for each question type: its fields, their codes, and the web form's fields from them."""

import re

from consultation.channels.paper.paper_codes import (
    SOON_CODE,
    UNCLEAR,
    non_response_keys_by_code,
    option_keys_by_code,
    split_typed_codes,
)
from consultation.surveys.question_types.base import NON_RESPONSE, SOON, exclusive_keys
from consultation.surveys.question_types.month import MONTH, YEAR
from consultation.surveys.question_types.ranking import rankable_options, ranking_places
from consultation.surveys.questionnaire_schema import build_other_item, can_choose_several
from consultation.surveys.type_registry import TypeTable

ONLY_ONE_CHOICE = "Only one choice fits here. If two boxes are ticked and you cannot tell which one is meant, type ?."
MONTH_TYPED = re.compile(r"(?:(\d{1,2})\W+)?(\d{4})")


class ChoiceTyping:
    """The codes of the ticked boxes, and the words beside "other"."""

    marks_chosen = True  # the list of choices shows which codes are typed
    echoes_choice = False  # the choice's text appears beside a field
    rows = 2  # of a field for words
    moves_on = True  # one code is a complete answer, so the script moves to the next field

    def list_fields(self, item):
        """The fields of the typing page, in the order of the paper."""
        return [item["key"], build_other_item(item)["key"]] if build_other_item(item) else [item["key"]]

    def label_fields(self, item, block):
        """{field: label} of fields that do not stand for a ticked box. `block`: of the paper sheet."""
        return {f"{item['key']}.other": "Words beside it"}

    def is_words(self, item, name):
        """Whether a person's own words are typed into a field."""
        return name.endswith(".other")

    def find_codes(self, item, name):
        """{code: key} that a field accepts; {} for texts and places."""
        return {} if self.is_words(item, name) else option_keys_by_code(item) | non_response_keys_by_code(item)

    def takes_many_codes(self, item, name):
        return can_choose_several(item)

    def lists_choice(self, option):
        """Whether the list of choices has an option of the paper."""
        return True

    def list_places(self, item, name):
        """The places that a field of a ranking accepts."""
        return ()

    def is_unclear(self, item, name, typed):
        """Whether a field of codes contains "?"; in a text it is the writer's own."""
        return UNCLEAR in typed and not self.is_words(item, name)

    def parse_question(self, item, typed):
        """({web form field: [value]}, {field: problem}) from {field: typed text}; "" is no problem."""
        clear = {name: "" if self.is_unclear(item, name, value) else value for name, value in typed.items()}
        return self._parse(item, clear)

    def _parse(self, item, typed):
        fields, problems = {}, {}
        for name, value in typed.items():
            if self.is_words(item, name):
                fields[name] = [value]
            else:
                fields[name], problems[name] = self._parse_codes(item, name, value)
        return fields, problems

    def _parse_codes(self, item, name, typed):
        """([key, ...], problem) of a field of codes."""
        codes = self.find_codes(item, name)
        signs = [sign for sign in split_typed_codes(typed, codes) if sign != "."]
        unknown = next((sign for sign in signs if sign not in codes), None)
        if unknown:
            return [], f"“{unknown}” is not one of the choices here: {', '.join(codes)}."
        keys = list(dict.fromkeys(codes[sign] for sign in signs))
        return keys, ONLY_ONE_CHOICE if len(keys) > 1 and not self.takes_many_codes(item, name) else ""


class GridTyping(ChoiceTyping):
    """A code for each row."""

    marks_chosen = False
    echoes_choice = True

    def list_fields(self, item):
        return [f"{item['key']}.{row['key']}" for row in item["rows"]]

    def label_fields(self, item, block):
        return {f"{item['key']}.{row['key']}": row["text"] for row in block["rows"]}


class RankingTyping(ChoiceTyping):
    """A place for each option, and the codes of those that are not ranked."""

    def list_fields(self, item):
        names = [self._field_of(item, option) for option in rankable_options(item)]
        return names + ([item["key"]] if self.find_codes(item, item["key"]) else [])

    def _field_of(self, item, option):
        return f"{item['key']}.p{option['key']}"

    def label_fields(self, item, block):
        texts = {option["key"]: option["text"] for option in block["options"]}
        return {self._field_of(item, one): texts[one["key"]] for one in rankable_options(item)}

    def find_codes(self, item, name):
        alone = exclusive_keys(item) if name == item["key"] else ()
        own = {code: key for code, key in option_keys_by_code(item).items() if key in alone}
        return own | non_response_keys_by_code(item) if name == item["key"] else own

    def takes_many_codes(self, item, name):
        return False

    def lists_choice(self, option):
        return option.get("alone", True)

    def list_places(self, item, name):
        return ranking_places(item) if name != item["key"] else ()

    def _parse(self, item, typed):
        by_place, problems = {}, {}
        allowed = {str(place) for place in ranking_places(item)}
        for option in rankable_options(item):
            name = self._field_of(item, option)
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
            fields[item["key"]], problems[item["key"]] = self._parse_codes(item, item["key"], typed[item["key"]])
        return fields, problems


class NumberTyping(ChoiceTyping):
    """The number itself, or a non-response code in its place."""

    label = "Number"
    moves_on = False

    def list_fields(self, item):
        return [item["key"]]

    def label_fields(self, item, block):
        return {item["key"]: self.label}

    def find_codes(self, item, name):
        return non_response_keys_by_code(item)

    def _parse(self, item, typed):
        value, codes = typed[item["key"]].strip().strip("."), non_response_keys_by_code(item)
        if value.lower() in codes:
            return {f"{item['key']}.{NON_RESPONSE}": [codes[value.lower()]]}, {}
        return self._parse_value(item["key"], value)

    def _parse_value(self, key, value):
        return {key: [value]}, {}


class MonthTyping(NumberTyping):
    label = "Month and year"

    def _parse_value(self, key, value):
        found = MONTH_TYPED.fullmatch(value)
        if value and not found:
            return {}, {key: "Type the month and the year, such as 3 2026; or the year alone."}
        month, year = found.groups() if found else ("", "")
        if month and not 1 <= int(month) <= 12:
            return {}, {key: f"There is no month {month}. If you cannot read it, type the year alone."}
        return {f"{key}.{MONTH}": [month or ""], f"{key}.{YEAR}": [year]}, {}


class TextTyping(ChoiceTyping):
    """The words, and the codes of the boxes below them."""

    def list_fields(self, item):
        beside = self._field_beside(item)
        return [item["key"], beside] if self.find_codes(item, beside) else [item["key"]]

    def _field_beside(self, item):
        return f"{item['key']}.{NON_RESPONSE}"

    def label_fields(self, item, block):
        return {item["key"]: "Words"}

    def is_words(self, item, name):
        return name == item["key"]

    def find_codes(self, item, name):
        if self.is_words(item, name):
            return {}
        return ({SOON_CODE: SOON} if item["soon_box"] else {}) | non_response_keys_by_code(item)

    def takes_many_codes(self, item, name):
        return not self.is_words(item, name)

    def _parse(self, item, typed):
        key, beside = item["key"], self._field_beside(item)
        keys, problem = self._parse_codes(item, beside, typed.get(beside, ""))
        fields = {key: [typed[key]], f"{key}.{SOON}": ["1"] if SOON in keys else []}
        return fields | {beside: [one for one in keys if one != SOON][:1]}, {beside: problem}


class LongTextTyping(TextTyping):
    rows = 5


TYPING = TypeTable(
    choice=ChoiceTyping(),
    grid=GridTyping(),
    ranking=RankingTyping(),
    number=NumberTyping(),
    month=MonthTyping(),
    text=TextTyping(),
    long_text=LongTextTyping(),
)

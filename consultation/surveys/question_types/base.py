"""The base of all question types, and the families that types build on.

A type holds its editor block, its part of a published version, its form fields, and the parser of its answers. A parser
returns (value, problem): the value that is stored (see questionnaire_schema), or None; and for input that does not fit
(interface word, its values), or None.
"""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

from django.utils.translation import override

from consultation.interface_text import get_text, text_direction
from consultation.surveys.answer_scales import translate_scale_step
from consultation.surveys.questionnaire_schema import ALSO, build_other_item, list_option_keys

SOON, NON_RESPONSE, OTHER = "soon", "also", "other"  # fields of the form beside a question's own
BY_OPTION, BY_ROW, AS_WORDS, NOT_AT_ALL = "option", "row", "words", ""  # how reports summarise a question


class WordlessTranslations:
    languages = ()

    def __call__(self, *path):
        return {}


class QuestionType:
    """A question without choices; subclasses say what differs."""

    name = "question"  # as in StreamField data and in versions; a family's name stands in no data
    place = 0  # in the editor's list
    block: Any = None  # the editor's block class
    summary = NOT_AT_ALL
    is_question = True
    is_text = False  # answered in a person's own words, which are read before anyone sees them
    is_closed = False
    is_banded = False  # typed exactly, reported in bands
    is_statement = False  # people say how far they agree with the text
    has_choices = False  # choices that conditions and help can wait for
    has_rows = False
    has_own_non_response_field = False
    divides_people = False  # few, broad answers, so that reports may compare the groups
    both_ends: bool | None = None  # whether the answers have two ends; None: their texts decide
    about_you = ""  # what every question of this type tells about a person
    is_about_you = False  # made for questions about the person, which belong to no part of the strategy
    steps: dict[str, str] = {}  # of a standard scale: {option id: key of the interface text}
    seconds = 5  # to answer it
    hint_word = ""  # key of the interface text about how to answer
    spoken_hint_word = ""  # ... and about speaking in place of typing, on a screen alone
    texts = {name: name for name in ("text", "easy", "hint", "hint_easy", "why")}  # {in the content: in the block}
    span: tuple[str, ...] = ()  # block fields of the first and the last number
    span_limits: tuple[int, ...] = ()
    span_texts: tuple[str, ...] = ()  # block fields of the texts beside them

    @cached_property
    def lineage(self):
        """The type's name and those of its families, nearest first."""
        return tuple(cls.name for cls in type(self).__mro__ if "name" in vars(cls))

    # The content of a published version.

    def build_options(self, child, texts):
        """[(option id, its fields)] of an editor block. `texts`: the translated strings."""
        found = []
        for option in list_option_blocks(child):
            words = {name: texts(child.id, "options", option.id, name) for name in ("text", "easy")}
            more = {"other": True} if option.value.get("other") else {}
            if option.value.get("pictogram"):
                more["picture"] = option.value["pictogram"]
            found.append((option.id, words | {"exclusive": bool(option.value.get("exclusive"))} | more))
        return found

    def build_wordless_options(self, child):
        """The options as rules need them."""
        return self.build_options(child, WordlessTranslations())

    def build_own_fields(self, child, texts):
        """Content fields that few types have."""
        return {"several": True} if child.value.get("several") else {}

    def classify_about_you(self, value):
        return self.about_you or value.get("about_you") or ""

    # The choices in the editor.

    def prepared_choices(self, value):
        """{option id: text} of choices that the type brings along."""
        return {}

    def describe_choices(self, value):
        """The texts of a raw block's choices."""
        texts = (option["value"].get("text") for option in value.get("options") or ())
        return list(self.prepared_choices(value).values()) or [text for text in texts if text]

    def estimate_seconds(self, rows):
        return self.seconds

    # Written and exchanged questionnaires.

    def read_written(self, question, written):
        """Block fields of this type from a question in YAML. `written`: written_consultations.WrittenChoices."""
        return {"options": written.build(question["options"])} if "options" in question else {}

    def read_cells(self, row, language):
        """Block fields of this type from its row of a sheet."""
        numbers = zip(self.span, (row.number_of("from"), row.number_of("to")), strict=False)
        given = {field: number for field, number in numbers if number is not None}
        return given | {field: row.says(field, language) for field in self.span_texts}

    def write_cells(self, item):
        return {}

    def writes_choices(self, item):
        """Whether officers wrote the choices, so that a sheet lists them."""
        return not self.steps

    def read_choice(self, row, language):
        value = {name: row.says(name, language) for name in ("text", "easy", "alt")}
        value |= {"exclusive": row.is_set("exclusive"), "other": row.is_set("other")}
        return value | {"pictogram": row.cells.get("pictogram", "").strip()}

    def write_choice(self, option):
        drawn = option.get("picture")
        return {name: option.get(name) for name in ("text", "easy", "alt", "exclusive", "other")} | {
            "pictogram": drawn if isinstance(drawn, str) else ""
        }

    # The form and its answers.

    def can_choose_several(self, item):
        """Whether a closed answer is a list of option keys."""
        return bool(item.get("several"))

    def is_one_choice(self, item):
        """Whether a closed answer is the key of one option."""
        return False

    def choice_limit(self, item):
        """The most options that one person may choose; None for no limit."""
        return item.get("limit")

    def face_of(self, option):
        """The number of the face beside an option, or 0."""
        return 0

    def find_hint_word(self, item):
        return self.hint_word

    def list_field_names(self, item):
        """The names of an item's controls in the form."""
        return [item["key"]]

    def non_response_field(self, item):
        """The field of "I don't know" and "I don't want to say"."""
        return f"{item['key']}.{NON_RESPONSE}" if self.has_own_non_response_field else item["key"]

    def parse(self, item, values):
        """(value, problem) of the form's values, {field name: [value]}."""
        return None, None

    def parse_cell(self, item, said):
        """The answer that a spreadsheet cell holds, or None."""
        return

    def chosen_keys(self, item, value):
        """The option keys in a stored answer."""
        if isinstance(value, dict):
            return set(value.values())
        return set(value) if isinstance(value, list) else {value}

    def _parse_non_response(self, item, values):
        offered = {ALSO[name] for name in item["also"]}
        return next((value for value in values.get(self.non_response_field(item), []) if value in offered), None)


class ChoiceType(QuestionType):
    """One option, or several, of those offered."""

    name = "choice"
    summary = BY_OPTION
    is_closed = has_choices = divides_people = True

    def is_one_choice(self, item):
        return not self.can_choose_several(item)

    def list_field_names(self, item):
        return [item["key"], f"{item['key']}.{OTHER}"] if build_other_item(item) else [item["key"]]

    def parse(self, item, values):
        chosen = [value for value in values.get(item["key"], []) if value in list_option_keys(item)]
        other = build_other_item(item)
        if other and first_filled_value(values, other["key"]):
            chosen.append(other["option"])
        if not self.can_choose_several(item):
            # Text beside "other" selects it only where nothing else is selected.
            return (chosen[0] if chosen else None), None
        # Keys in the order of the options. An exclusive option gives way to any other choice.
        order = [option["key"] for option in item["options"]] + [ALSO[name] for name in item["also"]]
        together = [key for key in order if key in chosen and key not in exclusive_keys(item)]
        limit = item.get("limit")
        problem = ("error.many", {"n": limit}) if limit and len(together) > limit else None
        return together or [key for key in order if key in chosen][:1], problem


class ScaleType(ChoiceType):
    """A scale whose steps are always the same."""

    name = "scale"
    divides_people = False

    def build_options(self, child, texts):
        worded = {id_: translate_scale_step(word, texts.languages) for id_, word in self.steps.items()}
        return [(id_, build_plain_option(text)) for id_, text in worded.items()]

    def prepared_choices(self, value):
        with override("en"):
            return {id_: get_text(word) for id_, word in self.steps.items()}

    def read_written(self, question, written):
        return {}


class TypedType(QuestionType, ABC):
    """A number or a date that people type or pick. Its options are the bands for reports."""

    name = "typed"
    summary = BY_OPTION
    is_closed = is_banded = has_own_non_response_field = divides_people = True

    @abstractmethod
    def find_band(self, item, value):
        """The option of a typed answer, or None."""

    def chosen_keys(self, item, value):
        if value in ALSO.values():
            return {value}
        band = self.find_band(item, value)
        return {band["key"]} if band else set()


class TextType(QuestionType):
    """The person's own words."""

    name = "text"
    summary = AS_WORDS
    is_text = has_own_non_response_field = True

    def read_cells(self, row, language):
        return {"soon_box": row.is_set("soon_box")}

    def list_field_names(self, item):
        return [item["key"], f"{item['key']}.{SOON}", self.non_response_field(item)]

    def parse(self, item, values):
        return (None, None) if any(values.get(item["key"], [])) else (self._parse_non_response(item, values), None)


def first_filled_value(values, name):
    return next((value.strip() for value in values.get(name, []) if value.strip()), "")


def exclusive_keys(item):
    """Keys of exclusive options ("none of these") and of the non-response codes."""
    alone = {option["key"] for option in item["options"] if option.get("exclusive")}
    return alone | {ALSO[name] for name in item["also"]}


def list_option_blocks(child):
    return getattr(child.value.get("options"), "bound_blocks", ())


def build_plain_option(text, **more):
    return {"text": text, "easy": {}, "exclusive": False} | more


def repeat_in_languages(text, texts):
    """Figures for every language, isolated as left-to-right text in right-to-left languages."""
    return {
        language: f"\u2066{text}\u2069" if text_direction(language) == "rtl" else text for language in texts.languages
    }


def build_number_options(first, last, texts):
    if first is None or last is None:  # an unfinished draft
        return []
    return [
        (str(number), build_plain_option(repeat_in_languages(str(number), texts))) for number in range(first, last + 1)
    ]


def write_number_span(item):
    """The cells "from" and "to" of a question whose options are consecutive numbers."""
    ids = [option["id"] for option in item["options"]]
    return {"from": ids[0] if ids else "", "to": ids[-1] if ids else ""}

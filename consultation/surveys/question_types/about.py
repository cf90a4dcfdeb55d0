"""A fact about the person, in prepared bands or in bands of the officer."""

from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from consultation.interface_text import get_text
from consultation.surveys.answer_scales import BANDS, LEVELS, format_band, translate_scale_step
from consultation.surveys.option_blocks import OptionBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register

OWN_BANDS = "Write two bands or more, or choose prepared ones."


def validate_own_bands(value):
    if value["bands"] != "own" or len(value["options"]) > 1:
        return {}
    return {"options": ListBlockValidationError(non_block_errors=[ValidationError(OWN_BANDS)])}


class AboutBlock(base_blocks.QuestionBlock):
    checks = (validate_own_bands,)

    bands = blocks.ChoiceBlock(
        choices=[
            ("age-children", "Age: 11 to 17, in three bands"),
            ("age-young", "Age: 8 to 25, in five bands"),
            ("age-adults", "Age: 16 and over, in seven bands"),
            ("group-codes", "Group code: A to H, the same in each round of an evaluation"),
            ("training-levels", "Level of training: initial contact, specialist, leader, planner"),
            ("own", "Bands of your own"),
        ],
        default="age-children",
        label="Which bands",
    )
    options = blocks.ListBlock(
        OptionBlock(),
        default=[],
        label="Bands of your own",
        help_text="Few and broad: ten people or more should fit each one. Not used with the prepared ones.",
    )
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know”")
    apart = base_blocks.build_equality_block()

    class Meta:
        form_layout = base_blocks.build_form_layout("bands", "options", apart=["apart"])
        icon = "group"
        label = "About you, in bands"


@register
class AboutType(base.ChoiceType):
    name = "about"
    place = 150
    block = AboutBlock
    seconds = 4
    hint_word = "q.single"
    is_about_you = True

    def build_options(self, child, texts):
        prepared = self.prepared_choices(child.value)
        if not prepared:
            return super().build_options(child, texts)
        return [
            (
                id_,
                base.build_plain_option(
                    translate_scale_step(LEVELS[id_], texts.languages)
                    if id_ in LEVELS
                    else base.repeat_in_languages(text, texts)
                ),
            )
            for id_, text in prepared.items()
        ]

    def prepared_choices(self, value):
        ids = BANDS.get(value.get("bands"), ())
        with override("en"):
            return {id_: get_text(LEVELS[id_]) if id_ in LEVELS else format_band(id_) for id_ in ids}

    def classify_about_you(self, value):
        return super().classify_about_you(value) or ("age" if value["bands"].startswith("age-") else "other")

    def read_written(self, question, written):
        own = super().read_written(question, written)
        return {"bands": question["bands"]} if "bands" in question else own and own | {"bands": "own"}

    def read_cells(self, row, language):
        return {"bands": row.cells.get("bands", "").strip() or "own"}

    def write_cells(self, item):
        return {"bands": find_bands(item)}

    def writes_choices(self, item):
        return find_bands(item) == "own"


def find_bands(item):
    """The name of the prepared bands that an item's options are, or "own"."""
    ids = tuple(option["id"] for option in item["options"])
    return next((name for name, prepared in BANDS.items() if prepared == ids), "own")

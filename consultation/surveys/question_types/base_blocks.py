"""Editor blocks that question types build on. Block ids are the stable ids of questions, item ids those of options."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from consultation.domain import strategy_points
from consultation.domain.place_types import PLACE_TYPES
from consultation.surveys import pictograms
from consultation.surveys.condition_blocks import build_show_if_block
from consultation.surveys.file_blocks import FileBlock, PictureBlock, SignedBlock
from consultation.surveys.folded_blocks import FoldedBlockMixin
from consultation.surveys.id_blocks import IdsBlock
from consultation.surveys.option_blocks import HelpRuleBlock, OpenOptionBlock

ONE_OTHER = "Only one choice can have a box to write in. Untick it here."
NOT_MORE = "There are only {n} choices. Write a smaller number, or leave this empty."
ONLY_ONE = "People may choose one picture only. Leave this empty, or let them choose more than one."

type BlockValidators = tuple[Callable[[Any], dict], ...]


def build_field_problem(field, message):
    return {field: ValidationError(message)}


def build_list_problem(field, place, inner, message):
    at_field = StructBlockValidationError(block_errors={inner: ValidationError(message)})
    return {field: ListBlockValidationError(block_errors={place: at_field})}


def validate_one_other(value):
    """At most one "other" text for a question, because it is stored under the question's id."""
    places = [place for place, option in enumerate(value["options"]) if option.get("other")]
    return build_list_problem("options", places[1], "other", ONE_OTHER) if len(places) > 1 else {}


def validate_limit(value):
    if not value["limit"]:
        return {}
    if value.get("several") is False:
        return build_field_problem("limit", ONLY_ONE)
    number = len(value["options"])
    return build_field_problem("limit", NOT_MORE.format(n=number)) if value["limit"] > number else {}


def build_form_layout(*own, apart=(), about_you=True):
    """The editor's form layout: question, answers and condition first; rarely used fields are collapsed."""
    return blocks.BlockGroup(
        children=[
            "text",
            "easy",
            *own,
            "show_if",
            blocks.BlockGroup(["hint", "hint_easy", "why"], heading="Hint and reason", icon="help", label_format=""),
            blocks.BlockGroup(
                ["pictogram", "picture", "audio", "bsl"],
                heading="Picture, sound and sign language",
                icon="media",
                label_format="",
                classname="collapsed",
            ),
            blocks.BlockGroup(
                [
                    "dont_know",
                    "rather_not",
                    *apart,
                    *(["about_you"] if about_you else []),
                    "sensitive",
                    "not_for_groups",
                    "online",
                ],
                heading="What kind of question it is",
                icon="cog",
                label_format="",
                classname="collapsed",
            ),
        ],
        settings=["help_by_answer", "links", "themes", "place_types"],
    )


def build_equality_block():
    return blocks.BooleanBlock(
        required=False,
        label="Equality question: kept apart from the answers",
        help_text="Asked of everybody, last. Nothing joins it to a person's answers, so no report can be split by it.",
    )


class QuestionBlock(FoldedBlockMixin, blocks.StructBlock):
    """Fields of every question type. `checks` validate the whole value: each returns {field: error} in words for
    officers, and skips empty fields, because a draft may be unfinished."""

    checks: BlockValidators = ()

    text = blocks.CharBlock(
        max_length=250, label="Question", help_text="One thing at a time. Never a name, a look or what happened."
    )
    easy = blocks.CharBlock(
        max_length=250,
        required=False,
        default="",
        label="Question, easy read",
        help_text="15 words or fewer, one idea.",
    )
    hint = blocks.CharBlock(max_length=300, required=False, default="")
    hint_easy = blocks.CharBlock(max_length=300, required=False, default="", label="Hint, easy read")
    why = blocks.CharBlock(
        max_length=300,
        required=False,
        default="",
        label="Why we ask this",
        help_text="People open it beside the question.",
    )
    pictogram = blocks.ChoiceBlock(
        choices=pictograms.build_pictogram_choices,
        required=False,
        label="Small picture",
        help_text="One of the product's own, beside the easy-read words.",
    )
    picture = PictureBlock(
        required=False,
        label="Or a picture of yours",
        help_text="WebP, PNG or JPEG. It only helps: the words say it all.",
    )
    audio = FileBlock(
        kind="audio",
        required=False,
        label="Read out",
        help_text="MP3, Ogg or M4A, up to 3 MB. Each language has its own: choose it on the translated page.",
    )
    bsl = SignedBlock(required=False)
    show_if = build_show_if_block()
    dont_know = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t know”")
    rather_not = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t want to say”")
    about_you = blocks.ChoiceBlock(
        choices=[("age", "Age band"), ("area", "Broad area"), ("other", "Something else")],
        required=False,
        label="About you",
        help_text="Reports may be split by the answers. Keep these few and broad, and put them last.",
    )
    sensitive = blocks.BooleanBlock(
        required=False, label="A hard subject", help_text="People are told before it, and can skip the whole part."
    )
    not_for_groups = blocks.BooleanBlock(
        required=False,
        label="Not for groups",
        help_text="A facilitator does not ask it aloud: it is not on a group's sheet, nor on the form for its notes. "
        "Questions about the person never are.",
    )
    online = blocks.BooleanBlock(required=False, label="About life online")
    help_by_answer = blocks.ListBlock(HelpRuleBlock(), default=[], label="Help that an answer opens")
    links = blocks.MultipleChoiceBlock(
        choices=strategy_points.build_strategy_choices, required=False, label="Parts of the strategy that it speaks to"
    )
    themes = IdsBlock(required=False, label="Themes that it may bring", help_text="Their ids, separated by commas.")
    place_types = blocks.MultipleChoiceBlock(
        choices=list(PLACE_TYPES.items()),
        required=False,
        label="Types of place that it asks about",
        help_text="Planners see answers by type of place. Never ask for the name of a place.",
    )

    class Meta:
        label_format = "{text}"

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        for check in self.checks:
            errors |= check(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class ClosedQuestionBlock(QuestionBlock):
    checks: BlockValidators = (validate_one_other,)

    options = blocks.ListBlock(OpenOptionBlock(), min_num=2, label="Choices")


class TextQuestionBlock(QuestionBlock):
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know”")
    soon_box = blocks.BooleanBlock(required=False, default=True, label="Offer “I want someone to read this soon”")

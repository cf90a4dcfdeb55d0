"""Blocks of the choices, rows, bands and help rules of a question. List item ids are the stable ids of options."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from consultation.surveys import pictograms
from consultation.surveys.file_blocks import PictureBlock
from consultation.surveys.id_blocks import IdsBlock

NO_ALTERNATIVE = "Say what the picture shows. Some people hear it and do not see it."
BACKWARDS = "This band ends before it starts."


def build_easy_text_block(label="Easy read", max_length=120):
    return blocks.CharBlock(max_length=max_length, required=False, default="", label=label)


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = build_easy_text_block()
    exclusive = blocks.BooleanBlock(
        required=False, label="Cannot be chosen with others", help_text="For choices such as “None of these”."
    )
    pictogram = blocks.ChoiceBlock(
        choices=pictograms.build_pictogram_choices,
        required=False,
        label="Small picture",
        help_text="Shown beside easy read.",
    )

    class Meta:
        icon = "list-ul"
        label = "Choice"
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["text"], settings=["easy", "exclusive", "pictogram"])


class OpenOptionBlock(OptionBlock):
    other = blocks.BooleanBlock(
        required=False,
        label="People may write what it is",
        help_text="For “Something else”: a small box opens beside it. Its words are read like every free text.",
    )

    class Meta:
        form_layout = blocks.BlockGroup(children=["text"], settings=["easy", "exclusive", "other", "pictogram"])


class AlternativeTextBlock(blocks.CharBlock):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.field.error_messages["required"] = NO_ALTERNATIVE


class PictureOptionBlock(blocks.StructBlock):
    picture = PictureBlock(label="Picture")
    alt = AlternativeTextBlock(
        max_length=160,
        label="What the picture shows",
        help_text="Read out to people who cannot see it. Say what matters for choosing, not “picture of”.",
    )
    text = blocks.CharBlock(max_length=60, label="Words under the picture")
    easy = build_easy_text_block(max_length=60)
    exclusive = OptionBlock.base_blocks["exclusive"]
    other = OpenOptionBlock.base_blocks["other"]

    class Meta:
        icon = "image"
        label = "Picture"
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["picture", "alt", "text"], settings=["easy", "exclusive", "other"])


class BandBlock(blocks.StructBlock):
    start = blocks.IntegerBlock(label="From")
    end = blocks.IntegerBlock(label="To")
    text = blocks.CharBlock(
        max_length=60, required=False, default="", label="Words in reports", help_text="Empty: the two numbers."
    )

    class Meta:
        icon = "list-ol"
        label = "Band"
        label_format = "{start} to {end}"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["start"] is not None and cleaned["end"] is not None and cleaned["end"] < cleaned["start"]:
            raise StructBlockValidationError(block_errors={"end": ValidationError(BACKWARDS)})
        return cleaned


class RowBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = build_easy_text_block()

    class Meta:
        label = "Row"
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["text"], settings=["easy"])


class HelpRuleBlock(blocks.StructBlock):
    """Help that an answer opens in the survey. Its text must not reveal which answer, as someone may be watching."""

    any_of = IdsBlock(required=True, pick="own-answers", label="For any of these answers")
    text = blocks.CharBlock(
        max_length=200, label="What it says", help_text="Do not say which answer opened it: someone may be watching."
    )
    entries = IdsBlock(required=False, label="Help entries", help_text="Their short names, such as childline, shout.")

    class Meta:
        icon = "help"
        label = "Help"

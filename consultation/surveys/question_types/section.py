"""A part of the questionnaire, or text between questions."""

from wagtail import blocks

from consultation.surveys.condition_blocks import build_show_if_block
from consultation.surveys.folded_blocks import FoldedBlockMixin
from consultation.surveys.option_blocks import build_easy_text_block
from consultation.surveys.question_types import base
from consultation.surveys.type_registry import register


class SectionBlock(FoldedBlockMixin, blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    easy = build_easy_text_block("Heading, easy read")
    level = blocks.ChoiceBlock(
        choices=[("1", "A part"), ("2", "A part inside a part")],
        default="1",
        label="What begins here",
        help_text="A part goes on until the next one. Who is shown the part is shown what is in it.",
    )
    body = blocks.TextBlock(required=False, default="")
    body_easy = blocks.TextBlock(required=False, default="")
    sensitive = blocks.BooleanBlock(required=False, label="A hard subject")
    show_if = build_show_if_block("part")

    class Meta:
        icon = "title"
        label = "A part, or text between questions"
        label_format = "{text}"


@register
class SectionType(base.QuestionType):
    name = "section"
    place = 160
    block = SectionBlock
    is_question = False
    seconds = 1
    texts = {"text": "text", "easy": "easy", "hint": "body", "hint_easy": "body_easy"}

    def build_own_fields(self, child, texts):
        return {"level": int(child.value.get("level") or 1)}

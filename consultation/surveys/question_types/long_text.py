"""A text of any length up to the limit."""

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class LongTextBlock(base_blocks.TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=1000, min_value=100, max_value=5000, label="Room for how many letters")

    class Meta:
        form_layout = base_blocks.build_form_layout("max_length", apart=["soon_box"])
        icon = "edit"
        label = "Long text"


@register
class LongTextType(base.TextType):
    name = "long_text"
    place = 130
    block = LongTextBlock
    seconds = 60
    hint_word = "q.long"
    spoken_hint_word = "q.dictate"

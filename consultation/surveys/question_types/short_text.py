"""A few words."""

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class ShortTextBlock(base_blocks.TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=120, min_value=10, max_value=300, label="Room for how many letters")

    class Meta:
        form_layout = base_blocks.build_form_layout("max_length", apart=["soon_box"])
        icon = "pilcrow"
        label = "Short text"


@register
class ShortTextType(base.TextType):
    name = "short_text"
    place = 120
    block = ShortTextBlock
    seconds = 20
    hint_word = "q.short"

"""One of several choices."""

from consultation.surveys.question_types.base import ChoiceType
from consultation.surveys.question_types.base_blocks import (
    ClosedQuestionBlock,
    build_equality_block,
    build_form_layout,
)
from consultation.surveys.type_registry import register


class SingleBlock(ClosedQuestionBlock):
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout("options", apart=["apart"])
        icon = "radio-full"
        label = "One choice"


@register
class SingleType(ChoiceType):
    name = "single"
    place = 10
    block = SingleBlock
    seconds = 4
    hint_word = "q.single"

"""One of several choices."""

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class SingleBlock(base_blocks.ClosedQuestionBlock):
    apart = base_blocks.build_equality_block()

    class Meta:
        form_layout = base_blocks.build_form_layout("options", apart=["apart"])
        icon = "radio-full"
        label = "One choice"


@register
class SingleType(base.ChoiceType):
    name = "single"
    place = 10
    block = SingleBlock
    seconds = 4
    hint_word = "q.single"

"""Several of the choices, up to a limit if there is one."""

from wagtail import blocks

from consultation.surveys.question_types.base import ChoiceType
from consultation.surveys.question_types.base_blocks import (
    ClosedQuestionBlock,
    build_equality_block,
    build_form_layout,
    validate_limit,
    validate_one_other,
)
from consultation.surveys.type_registry import register


class MultipleBlock(ClosedQuestionBlock):
    checks = (validate_one_other, validate_limit)

    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout("options", "limit", apart=["apart"])
        icon = "list-ul"
        label = "Several choices"


@register
class MultipleType(ChoiceType):
    name = "multiple"
    place = 20
    block = MultipleBlock
    seconds = 8

    def can_choose_several(self, item):
        return True

    def find_hint_word(self, item):
        return "q.multiple.max" if item.get("limit") else "q.multiple"

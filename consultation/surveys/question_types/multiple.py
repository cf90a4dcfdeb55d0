"""Several of the choices, up to a limit if there is one."""

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class MultipleBlock(base_blocks.ClosedQuestionBlock):
    checks = (base_blocks.validate_one_other, base_blocks.validate_limit)

    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")
    apart = base_blocks.build_equality_block()
    pairs = blocks.BooleanBlock(
        required=False,
        label="Services: report them two by two",
        help_text="Of the people who chose two, how many answered yes to the next question of type Yes or no?",
    )

    class Meta:
        form_layout = base_blocks.build_form_layout("options", "limit", "pairs", apart=["apart"])
        icon = "list-ul"
        label = "Several choices"


@register
class MultipleType(base.ChoiceType):
    name = "multiple"
    place = 20
    block = MultipleBlock
    seconds = 8

    def can_choose_several(self, item):
        return True

    def build_own_fields(self, child, texts):
        return {"pairs": True} if child.value.get("pairs") else {}

    def find_hint_word(self, item):
        return "q.multiple.max" if item.get("limit") else "q.multiple"

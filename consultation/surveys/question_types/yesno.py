"""Yes, no, or not sure."""

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class YesNoBlock(base_blocks.QuestionBlock):
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know” beside “Not sure”")
    apart = base_blocks.build_equality_block()

    class Meta:
        form_layout = base_blocks.build_form_layout(apart=["apart"])
        icon = "check"
        label = "Yes, no, not sure"


@register
class YesNoType(base.ScaleType):
    name = "yesno"
    place = 30
    block = YesNoBlock
    seconds = 3
    hint_word = "q.single"
    divides_people = True
    both_ends = False
    steps = {"yes": "yesno.yes", "no": "yesno.no", "not-sure": "q.notsure"}

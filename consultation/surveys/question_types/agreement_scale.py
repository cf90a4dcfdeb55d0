"""How far a person agrees with a statement."""

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class AgreementBlock(base_blocks.QuestionBlock):
    class Meta:
        form_layout = base_blocks.build_form_layout()
        icon = "tick"
        label = "Agree or disagree"


@register
class AgreementType(base.ScaleType):
    name = "agreement"
    place = 50
    block = AgreementBlock
    seconds = 4
    hint_word = "q.agreement"
    both_ends = True
    is_statement = True
    steps = {
        "agree-lot": "agree.1",
        "agree-bit": "agree.2",
        "middle": "agree.3",
        "disagree-bit": "agree.4",
        "disagree-lot": "agree.5",
    }

"""How far a person agrees with a statement."""

from consultation.surveys.question_types.base import ScaleType
from consultation.surveys.question_types.base_blocks import QuestionBlock, build_form_layout
from consultation.surveys.type_registry import register


class AgreementBlock(QuestionBlock):
    class Meta:
        form_layout = build_form_layout()
        icon = "tick"
        label = "Agree or disagree"


@register
class AgreementType(ScaleType):
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

"""The stream of a questionnaire's blocks, one for each question type."""

from wagtail import blocks

from consultation.surveys.condition_validation import find_condition_error
from consultation.surveys.equality_validation import find_equality_error
from consultation.surveys.folded_blocks import FoldedStreamMixin, register_question_adapters
from consultation.surveys.question_types.base_blocks import QuestionBlock
from consultation.surveys.question_types.section import SectionBlock
from consultation.surveys.type_registry import all_types


class QuestionStreamBlock(FoldedStreamMixin, blocks.StreamBlock):
    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*((one.name, one.block()) for one in all_types()), *local_blocks], **kwargs)

    def clean(self, value):
        """Show an impossible condition to the officer at its block, before anyone answers the survey."""
        cleaned = super().clean(value)
        error = find_equality_error(cleaned) or find_condition_error(cleaned)
        if error:
            raise error
        return cleaned


register_question_adapters(QuestionBlock, SectionBlock)

"""Blocks for who is shown a question or a part: which answers to earlier questions lead to it."""

from wagtail import blocks

from consultation.questionnaires.id_blocks import IdBlock, IdsBlock


class ConditionBlock(blocks.StructBlock):
    """When to show: one earlier question, and the answers that lead here (their stable ids)."""

    question = IdBlock(required=True, pick="question", label="When this question")
    any_of = IdsBlock(required=True, pick="answers", label="has any of these answers")

    class Meta:
        icon = "view"
        label = "When"


def show_if(thing="question"):
    return blocks.ListBlock(
        ConditionBlock(),
        default=[],
        label="Show only if",
        help_text=f"Leave empty to show this {thing} to everyone. With several, any one of them is enough.",
    )

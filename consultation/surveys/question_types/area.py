"""A part of the district."""

from wagtail import blocks

from consultation.surveys import district_areas
from consultation.surveys.option_blocks import OpenOptionBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class AreaBlock(base_blocks.ClosedQuestionBlock):
    options = blocks.ListBlock(
        OpenOptionBlock(),
        min_num=2,
        default=district_areas.build_area_choices,
        label="Areas",
        help_text="Few and broad. Never a street, a school or a postcode.",
    )

    class Meta:
        form_layout = base_blocks.build_form_layout("options", about_you=False)
        icon = "site"
        label = "Part of the district"


@register
class AreaType(base.ChoiceType):
    name = "area"
    place = 140
    block = AreaBlock
    seconds = 6
    hint_word = "q.area"
    about_you = "area"
    is_about_you = True

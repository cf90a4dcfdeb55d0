"""One picture of several, or several of them."""

from wagtail import blocks

from consultation.surveys.frozen_files import keep_picture
from consultation.surveys.option_blocks import PictureOptionBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class PicturesBlock(base_blocks.ClosedQuestionBlock):
    checks = (base_blocks.validate_one_other, base_blocks.validate_limit)

    options = blocks.ListBlock(PictureOptionBlock(), min_num=2, label="Pictures")
    several = blocks.BooleanBlock(required=False, label="People may choose more than one")
    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")

    class Meta:
        form_layout = base_blocks.build_form_layout("options", "several", "limit")
        icon = "image"
        label = "Choice of pictures"


@register
class PicturesType(base.ChoiceType):
    name = "pictures"
    place = 70
    block = PicturesBlock

    def build_options(self, child, texts):
        found = super().build_options(child, texts)
        for option, (_, worded) in zip(base.list_option_blocks(child), found, strict=True):
            worded["alt"] = texts(child.id, "options", option.id, "alt")
            if option.value["picture"] and (picture := keep_picture(option.value["picture"])):
                worded["picture"] = picture
        return found

    def build_wordless_options(self, child):
        """Without the pictures, as keeping one is slow and may store a file."""
        return [(one.id, {"exclusive": bool(one.value.get("exclusive"))}) for one in base.list_option_blocks(child)]

    def find_hint_word(self, item):
        if not self.can_choose_several(item):
            return "q.pictures"
        return "q.multiple.max" if item.get("limit") else "q.pictures.many"

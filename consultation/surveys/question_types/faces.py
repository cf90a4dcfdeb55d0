"""Five faces, from very bad to very good."""

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class FacesBlock(base_blocks.QuestionBlock):
    class Meta:
        form_layout = base_blocks.build_form_layout()
        icon = "user"
        label = "Five faces, from very bad to very good"


@register
class FacesType(base.ScaleType):
    name = "faces"
    place = 40
    block = FacesBlock
    seconds = 3
    hint_word = "q.faces"
    both_ends = True
    steps = {str(place): f"faces.{place}" for place in range(1, 6)}

    def face_of(self, option):
        return int(option["id"]) if option["id"] in self.steps else 0

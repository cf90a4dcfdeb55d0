"""Five faces, from very bad to very good."""

from consultation.surveys.question_types.base import ScaleType
from consultation.surveys.question_types.base_blocks import QuestionBlock, build_form_layout
from consultation.surveys.type_registry import register


class FacesBlock(QuestionBlock):
    class Meta:
        form_layout = build_form_layout()
        icon = "user"
        label = "Five faces, from very bad to very good"


@register
class FacesType(ScaleType):
    name = "faces"
    place = 40
    block = FacesBlock
    seconds = 3
    hint_word = "q.faces"
    both_ends = True
    steps = {str(place): f"faces.{place}" for place in range(1, 6)}

    def face_of(self, option):
        return int(option["id"]) if option["id"] in self.steps else 0

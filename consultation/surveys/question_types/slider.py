"""A scale of numbers with a meaning at each end."""

from wagtail import blocks

from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register

AFTER = "This must be more than the first number."
STEPS = "That is more than 11 steps, too many to choose from. Write {n} or less."
MOST_STEPS = 10


def validate_steps(value):
    low, high = value["low"], value["high"]
    if low is None or high is None:
        return {}
    if high <= low:
        return base_blocks.build_field_problem("high", AFTER)
    return base_blocks.build_field_problem("high", STEPS.format(n=low + MOST_STEPS)) if high - low > MOST_STEPS else {}


class SliderBlock(base_blocks.QuestionBlock):
    checks = (validate_steps,)

    low = blocks.IntegerBlock(default=0, min_value=0, max_value=100, label="First number")
    low_label = blocks.CharBlock(
        max_length=40,
        label="What the first number means",
        help_text="Such as “Not at all”. Few words: phones are narrow.",
    )
    high = blocks.IntegerBlock(default=10, min_value=1, max_value=100, label="Last number")
    high_label = blocks.CharBlock(max_length=40, label="What the last number means")

    class Meta:
        form_layout = base_blocks.build_form_layout("low", "low_label", "high", "high_label")
        icon = "arrows-up-down"
        label = "Scale of numbers"


@register
class SliderType(base.ChoiceType):
    name = "slider"
    place = 60
    block = SliderBlock
    divides_people = False
    both_ends = True
    span = ("low", "high")
    span_limits = (0, 100)
    span_texts = ("low_label", "high_label")

    def build_options(self, child, texts):
        return base.build_number_options(child.value["low"], child.value["high"], texts)

    def build_own_fields(self, child, texts):
        return {"ends": {"low": texts(child.id, "low_label"), "high": texts(child.id, "high_label")}}

    def describe_choices(self, value):
        return [f"{value.get(end)}: {value.get(f'{end}_label')}" for end in self.span]

    def writes_choices(self, item):
        return False

    def write_cells(self, item):
        return base.write_number_span(item) | {f"{end}_label": text for end, text in (item.get("ends") or {}).items()}

    def find_hint_word(self, item):
        return "q.slider" if item["options"] else ""

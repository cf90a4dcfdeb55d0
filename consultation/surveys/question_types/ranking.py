"""Choices put in order, best first."""

from wagtail import blocks

from consultation.surveys.option_blocks import OptionBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.type_registry import register


class RankingBlock(base_blocks.QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")
    rank = blocks.IntegerBlock(default=3, min_value=1, max_value=10, label="How many places")

    class Meta:
        form_layout = base_blocks.build_form_layout("options", "rank")
        icon = "order"
        label = "Put in order"


@register
class RankingType(base.ChoiceType):
    name = "ranking"
    place = 90
    block = RankingBlock
    seconds = 15
    divides_people = False
    hint_word = "q.ranking"

    def can_choose_several(self, item):
        return True

    def choice_limit(self, item):
        return item.get("rank") or 3

    def list_field_names(self, item):
        return [f"{item['key']}.{place}" for place in ranking_places(item)] + [item["key"]]

    def parse(self, item, values):
        """Keys, best first. An option picked twice keeps its best place; "none of these" gives way to a pick."""
        keys = {option["key"] for option in rankable_options(item)}
        picks = [base.first_filled_value(values, f"{item['key']}.{place}") for place in ranking_places(item)]
        picks = [key for key in picks if key in keys]
        ranked = list(dict.fromkeys(picks))
        alone = [key for key in values.get(item["key"], []) if key in base.exclusive_keys(item)]
        return ranked or alone[:1], ("error.twice", {}) if len(ranked) < len(picks) else None


def rankable_options(item):
    """The options to rank, without exclusive ones."""
    return [option for option in item["options"] if not option.get("exclusive")]


def ranking_places(item):
    """1, 2, 3 ...: the places of a ranking, never more than its options."""
    return range(1, min(item.get("rank") or 3, len(rankable_options(item))) + 1)

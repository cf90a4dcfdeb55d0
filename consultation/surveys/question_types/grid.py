"""The same choices for several rows."""

from wagtail import blocks

from consultation.surveys.option_blocks import OptionBlock, RowBlock
from consultation.surveys.question_types import base, base_blocks
from consultation.surveys.questionnaire_schema import list_option_keys
from consultation.surveys.type_registry import register


class GridBlock(base_blocks.QuestionBlock):
    rows = blocks.ListBlock(RowBlock(), min_num=1)
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices for each row")

    class Meta:
        form_layout = base_blocks.build_form_layout("rows", "options")
        icon = "table"
        label = "The same choices for several rows"


@register
class GridType(base.ChoiceType):
    name = "grid"
    place = 80
    block = GridBlock
    summary = base.BY_ROW
    has_rows = True
    divides_people = False
    hint_word = "q.grid"
    seconds = 5  # for each row

    def estimate_seconds(self, rows):
        return self.seconds * rows

    def read_written(self, question, written):
        return {
            "rows": written.build(question["rows"], "r"),
            "options": written.build(question["columns"], "c", other="o"),
        }

    def is_one_choice(self, item):
        return False

    def list_field_names(self, item):
        return [f"{item['key']}.{row['key']}" for row in item["rows"]] + [item["key"]]

    def parse(self, item, values):
        rows, keys = {}, list_option_keys(item)
        for row in item["rows"]:
            value = base.first_filled_value(values, f"{item['key']}.{row['key']}")
            if value in keys:
                rows[row["key"]] = value
        return rows, None

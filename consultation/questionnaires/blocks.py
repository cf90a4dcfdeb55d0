"""Question blocks. The id of a block and of a list item is the stable id of a question and of an option."""

from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = blocks.CharBlock(max_length=120, required=False, label="Easy read")
    exclusive = blocks.BooleanBlock(required=False, label="Cannot be chosen with others")

    class Meta:
        icon = "list-ul"
        label = "Choice"


class RowBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = blocks.CharBlock(max_length=120, required=False, label="Easy read")

    class Meta:
        label = "Row"


class ConditionBlock(blocks.StructBlock):
    """"Show if": one earlier question, and the answers that lead here (their stable ids)."""

    question = blocks.CharBlock(required=False)
    any_of = blocks.ListBlock(blocks.CharBlock(), default=[], label="Any of these answers")

    class Meta:
        icon = "view"
        label = "Show only if"


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    text = blocks.CharBlock(max_length=250, label="Question")
    easy = blocks.CharBlock(max_length=250, required=False, label="Question, easy read")
    hint = blocks.CharBlock(max_length=300, required=False)
    hint_easy = blocks.CharBlock(max_length=300, required=False, label="Hint, easy read")
    why = blocks.CharBlock(max_length=300, required=False, label="Why we ask this")
    dont_know = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t know”")
    rather_not = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t want to say”")
    about_you = blocks.ChoiceBlock(
        choices=[("age", "Age band"), ("area", "Broad area"), ("other", "Something else")],
        required=False,
        label="About you: reports may be split by it",
    )
    sensitive = blocks.BooleanBlock(required=False, label="A hard subject")
    online = blocks.BooleanBlock(required=False, label="About life online")
    themes = blocks.CharBlock(required=False, label="Themes it may bring (ids, separated by commas)")
    show_if = ConditionBlock(required=False)


class SingleBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")

    class Meta:
        icon = "radio-full"
        label = "One choice"


class MultipleBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")
    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")

    class Meta:
        icon = "list-ul"
        label = "Several choices"


class FacesBlock(QuestionBlock):
    class Meta:
        icon = "user"
        label = "Five faces"


class AgreementBlock(QuestionBlock):
    class Meta:
        icon = "tick"
        label = "Agree or disagree"


class GridBlock(QuestionBlock):
    rows = blocks.ListBlock(RowBlock(), min_num=1)
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices for each row")

    class Meta:
        icon = "table"
        label = "The same choices for several rows"


class RankingBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")
    rank = blocks.IntegerBlock(default=3, min_value=1, max_value=10, label="How many places")

    class Meta:
        icon = "order"
        label = "Put in order"


class ShortTextBlock(QuestionBlock):
    max_length = blocks.IntegerBlock(default=120, min_value=10, max_value=300)
    soon_box = blocks.BooleanBlock(required=False, default=True, label="Offer “I want someone to read this soon”")

    class Meta:
        icon = "pilcrow"
        label = "Short text"


class LongTextBlock(QuestionBlock):
    max_length = blocks.IntegerBlock(default=1000, min_value=100, max_value=5000)
    soon_box = blocks.BooleanBlock(required=False, default=True, label="Offer “I want someone to read this soon”")

    class Meta:
        icon = "edit"
        label = "Long text"


class SectionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    easy = blocks.CharBlock(max_length=120, required=False, label="Heading, easy read")
    body = blocks.TextBlock(required=False)
    body_easy = blocks.TextBlock(required=False)
    sensitive = blocks.BooleanBlock(required=False, label="A hard subject")
    show_if = ConditionBlock(required=False)

    class Meta:
        icon = "title"
        label = "Text between questions"


class QuestionStreamBlock(blocks.StreamBlock):
    single = SingleBlock()
    multiple = MultipleBlock()
    faces = FacesBlock()
    agreement = AgreementBlock()
    grid = GridBlock()
    ranking = RankingBlock()
    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    section = SectionBlock()

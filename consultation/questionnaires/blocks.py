"""Question blocks. The id of a block and of a list item is the stable id of a question and of an option."""

from wagtail import blocks

from consultation.questionnaires import strategy
from consultation.questionnaires.condition_blocks import show_if
from consultation.questionnaires.conditions import misplaced_conditions
from consultation.questionnaires.id_blocks import IdsBlock


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = blocks.CharBlock(max_length=120, required=False, default="", label="Easy read")
    exclusive = blocks.BooleanBlock(
        required=False,
        label="Cannot be chosen with others",
        help_text="For choices such as “None of these”.",
    )

    class Meta:
        icon = "list-ul"
        label = "Choice"
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["text"], settings=["easy", "exclusive"])


class RowBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120)
    easy = blocks.CharBlock(max_length=120, required=False, default="", label="Easy read")

    class Meta:
        label = "Row"
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["text"], settings=["easy"])


class HelpRuleBlock(blocks.StructBlock):
    """Help that opens on the answering page. Its words must not say which answer opened it."""

    any_of = IdsBlock(required=True, pick="own-answers", label="For any of these answers")
    text = blocks.CharBlock(
        max_length=200, label="What it says", help_text="Do not say which answer opened it: someone may be watching."
    )
    entries = IdsBlock(required=False, label="Help entries", help_text="Their short names, such as childline, shout.")

    class Meta:
        icon = "help"
        label = "Help"


def layout(*own, apart=()):
    """The editor's form: the question, its answers and its condition first, what few questions need folded away."""
    return blocks.BlockGroup(
        children=[
            "text",
            "easy",
            *own,
            "show_if",
            blocks.BlockGroup(["hint", "hint_easy", "why"], heading="Hint and reason", icon="help", label_format=""),
            blocks.BlockGroup(
                ["dont_know", "rather_not", *apart, "about_you", "sensitive", "online"],
                heading="What kind of question it is",
                icon="cog",
                label_format="",
                classname="collapsed",
            ),
        ],
        settings=["help_by_answer", "links", "themes"],
    )


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    text = blocks.CharBlock(
        max_length=250, label="Question", help_text="One thing at a time. Never a name, a look or what happened."
    )
    easy = blocks.CharBlock(
        max_length=250,
        required=False,
        default="",
        label="Question, easy read",
        help_text="15 words or fewer, one idea.",
    )
    hint = blocks.CharBlock(max_length=300, required=False, default="")
    hint_easy = blocks.CharBlock(max_length=300, required=False, default="", label="Hint, easy read")
    why = blocks.CharBlock(
        max_length=300,
        required=False,
        default="",
        label="Why we ask this",
        help_text="People open it beside the question.",
    )
    show_if = show_if()
    dont_know = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t know”")
    rather_not = blocks.BooleanBlock(required=False, default=True, label="Offer “I don’t want to say”")
    about_you = blocks.ChoiceBlock(
        choices=[("age", "Age band"), ("area", "Broad area"), ("other", "Something else")],
        required=False,
        label="About you",
        help_text="Reports may be split by the answers. Keep these few and broad, and put them last.",
    )
    sensitive = blocks.BooleanBlock(
        required=False, label="A hard subject", help_text="People are told before it, and can skip the whole part."
    )
    online = blocks.BooleanBlock(required=False, label="About life online")
    help_by_answer = blocks.ListBlock(HelpRuleBlock(), default=[], label="Help that an answer opens")
    links = blocks.MultipleChoiceBlock(
        choices=strategy.choices, required=False, label="Parts of the strategy that it speaks to"
    )
    themes = IdsBlock(required=False, label="Themes that it may bring", help_text="Their ids, separated by commas.")

    class Meta:
        label_format = "{text}"


class ClosedQuestionBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")


class SingleBlock(ClosedQuestionBlock):
    class Meta:
        form_layout = layout("options")
        icon = "radio-full"
        label = "One choice"


class MultipleBlock(ClosedQuestionBlock):
    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")

    class Meta:
        form_layout = layout("options", "limit")
        icon = "list-ul"
        label = "Several choices"


class FacesBlock(QuestionBlock):
    class Meta:
        form_layout = layout()
        icon = "user"
        label = "Five faces, from very bad to very good"


class AgreementBlock(QuestionBlock):
    class Meta:
        form_layout = layout()
        icon = "tick"
        label = "Agree or disagree"


class GridBlock(QuestionBlock):
    rows = blocks.ListBlock(RowBlock(), min_num=1)
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices for each row")

    class Meta:
        form_layout = layout("rows", "options")
        icon = "table"
        label = "The same choices for several rows"


class RankingBlock(ClosedQuestionBlock):
    rank = blocks.IntegerBlock(default=3, min_value=1, max_value=10, label="How many places")

    class Meta:
        form_layout = layout("options", "rank")
        icon = "order"
        label = "Put in order"


class TextQuestionBlock(QuestionBlock):
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know”")
    soon_box = blocks.BooleanBlock(required=False, default=True, label="Offer “I want someone to read this soon”")


class ShortTextBlock(TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=120, min_value=10, max_value=300, label="Room for how many letters")

    class Meta:
        form_layout = layout("max_length", apart=["soon_box"])
        icon = "pilcrow"
        label = "Short text"


class LongTextBlock(TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=1000, min_value=100, max_value=5000, label="Room for how many letters")

    class Meta:
        form_layout = layout("max_length", apart=["soon_box"])
        icon = "edit"
        label = "Long text"


class SectionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    easy = blocks.CharBlock(max_length=120, required=False, default="", label="Heading, easy read")
    body = blocks.TextBlock(required=False, default="")
    body_easy = blocks.TextBlock(required=False, default="")
    sensitive = blocks.BooleanBlock(required=False, label="A hard subject")
    show_if = show_if("text")

    class Meta:
        icon = "title"
        label = "Text between questions"
        label_format = "{text}"


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

    def clean(self, value):
        """A condition that can never hold is told to the officer at its block, before anyone is asked."""
        cleaned = super().clean(value)
        errors = misplaced_conditions(cleaned)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

"""Wagtail blocks, one for each question type. Block ids are the stable ids of questions, item ids those of options."""

from collections.abc import Callable
from typing import Any

from wagtail import blocks

from consultation.domain import strategy_points
from consultation.surveys import district_areas, pictograms, question_type_validation
from consultation.surveys.condition_blocks import build_show_if_block
from consultation.surveys.condition_validation import find_condition_error
from consultation.surveys.equality_validation import find_equality_error
from consultation.surveys.file_blocks import FileBlock, PictureBlock, SignedBlock
from consultation.surveys.folded_blocks import FoldedBlockMixin, FoldedStreamMixin, register_question_adapters
from consultation.surveys.id_blocks import IdsBlock
from consultation.surveys.option_blocks import (
    BandBlock,
    HelpRuleBlock,
    OpenOptionBlock,
    OptionBlock,
    PictureOptionBlock,
    RowBlock,
    build_easy_text_block,
)


def build_form_layout(*own, apart=(), about_you=True):
    """The editor's form layout: question, answers and condition first; rarely used fields are collapsed."""
    return blocks.BlockGroup(
        children=[
            "text",
            "easy",
            *own,
            "show_if",
            blocks.BlockGroup(["hint", "hint_easy", "why"], heading="Hint and reason", icon="help", label_format=""),
            blocks.BlockGroup(
                ["pictogram", "picture", "audio", "bsl"],
                heading="Picture, sound and sign language",
                icon="media",
                label_format="",
                classname="collapsed",
            ),
            blocks.BlockGroup(
                ["dont_know", "rather_not", *apart, *(["about_you"] if about_you else []), "sensitive", "online"],
                heading="What kind of question it is",
                icon="cog",
                label_format="",
                classname="collapsed",
            ),
        ],
        settings=["help_by_answer", "links", "themes"],
    )


type BlockValidators = tuple[Callable[[Any], dict], ...]


def build_equality_block():
    return blocks.BooleanBlock(
        required=False,
        label="Equality question: kept apart from the answers",
        help_text="Asked of everybody, last. Nothing joins it to a person's answers, so no report can be split by it.",
    )


class QuestionBlock(FoldedBlockMixin, blocks.StructBlock):
    """Fields of every question type. `checks` validate the whole value: functions of question_type_validation."""

    checks: BlockValidators = ()

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
    pictogram = blocks.ChoiceBlock(
        choices=pictograms.build_pictogram_choices,
        required=False,
        label="Small picture",
        help_text="One of the product's own, beside the easy-read words.",
    )
    picture = PictureBlock(
        required=False,
        label="Or a picture of yours",
        help_text="WebP, PNG or JPEG. It only helps: the words say it all.",
    )
    audio = FileBlock(
        kind="audio",
        required=False,
        label="Read out",
        help_text="MP3, Ogg or M4A, up to 3 MB. Each language has its own: choose it on the translated page.",
    )
    bsl = SignedBlock(required=False)
    show_if = build_show_if_block()
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
        choices=strategy_points.build_strategy_choices, required=False, label="Parts of the strategy that it speaks to"
    )
    themes = IdsBlock(required=False, label="Themes that it may bring", help_text="Their ids, separated by commas.")

    class Meta:
        label_format = "{text}"

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        for check in self.checks:
            errors |= check(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class ClosedQuestionBlock(QuestionBlock):
    checks: BlockValidators = (question_type_validation.validate_one_other,)

    options = blocks.ListBlock(OpenOptionBlock(), min_num=2, label="Choices")


class SingleBlock(ClosedQuestionBlock):
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout("options", apart=["apart"])
        icon = "radio-full"
        label = "One choice"


class MultipleBlock(ClosedQuestionBlock):
    checks = (question_type_validation.validate_one_other, question_type_validation.validate_limit)

    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout("options", "limit", apart=["apart"])
        icon = "list-ul"
        label = "Several choices"


class PicturesBlock(ClosedQuestionBlock):
    checks = (question_type_validation.validate_one_other, question_type_validation.validate_limit)

    options = blocks.ListBlock(PictureOptionBlock(), min_num=2, label="Pictures")
    several = blocks.BooleanBlock(required=False, label="People may choose more than one")
    limit = blocks.IntegerBlock(required=False, min_value=1, label="At most how many (empty: as many as they like)")

    class Meta:
        form_layout = build_form_layout("options", "several", "limit")
        icon = "image"
        label = "Choice of pictures"


class SetQuestionBlock(QuestionBlock):
    """A scale whose steps are always the same."""


class YesNoBlock(SetQuestionBlock):
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know” beside “Not sure”")
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout(apart=["apart"])
        icon = "check"
        label = "Yes, no, not sure"


class FacesBlock(SetQuestionBlock):
    class Meta:
        form_layout = build_form_layout()
        icon = "user"
        label = "Five faces, from very bad to very good"


class AgreementBlock(SetQuestionBlock):
    class Meta:
        form_layout = build_form_layout()
        icon = "tick"
        label = "Agree or disagree"


class SliderBlock(QuestionBlock):
    checks = (question_type_validation.validate_steps,)

    low = blocks.IntegerBlock(default=0, min_value=0, max_value=100, label="First number")
    low_label = blocks.CharBlock(
        max_length=40,
        label="What the first number means",
        help_text="Such as “Not at all”. Few words: phones are narrow.",
    )
    high = blocks.IntegerBlock(default=10, min_value=1, max_value=100, label="Last number")
    high_label = blocks.CharBlock(max_length=40, label="What the last number means")

    class Meta:
        form_layout = build_form_layout("low", "low_label", "high", "high_label")
        icon = "arrows-up-down"
        label = "Scale of numbers"


class NumberBlock(QuestionBlock):
    checks = (question_type_validation.validate_bands,)

    least = blocks.IntegerBlock(default=0, label="Smallest number that fits")
    most = blocks.IntegerBlock(default=100, label="Largest number that fits")
    unit = blocks.CharBlock(
        max_length=40, required=False, default="", label="Of what", help_text="Shown beside the box, such as “hours”."
    )
    options = blocks.ListBlock(
        BandBlock(),
        min_num=2,
        label="Bands for reports",
        help_text="Reports show bands only, never the number. Together they must hold every number that fits.",
    )

    class Meta:
        form_layout = build_form_layout("least", "most", "unit", "options")
        icon = "order"
        label = "Number"


class MonthBlock(QuestionBlock):
    checks = (question_type_validation.validate_years,)

    first_year = blocks.IntegerBlock(min_value=1900, max_value=2100, label="First year to choose")
    last_year = blocks.IntegerBlock(min_value=1900, max_value=2100, label="Last year to choose")

    class Meta:
        form_layout = build_form_layout("first_year", "last_year")
        icon = "calendar"
        label = "Month and year"


class AreaBlock(ClosedQuestionBlock):
    options = blocks.ListBlock(
        OpenOptionBlock(),
        min_num=2,
        default=district_areas.build_area_choices,
        label="Areas",
        help_text="Few and broad. Never a street, a school or a postcode.",
    )

    class Meta:
        form_layout = build_form_layout("options", about_you=False)
        icon = "site"
        label = "Part of the district"


class AboutBlock(QuestionBlock):
    checks = (question_type_validation.validate_own_bands,)

    bands = blocks.ChoiceBlock(
        choices=[
            ("age-children", "Age: 11 to 17, in three bands"),
            ("age-young", "Age: 8 to 25, in five bands"),
            ("age-adults", "Age: 16 and over, in seven bands"),
            ("own", "Bands of your own"),
        ],
        default="age-children",
        label="Which bands",
    )
    options = blocks.ListBlock(
        OptionBlock(),
        default=[],
        label="Bands of your own",
        help_text="Few and broad: ten people or more should fit each one. Not used with the prepared ones.",
    )
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know”")
    apart = build_equality_block()

    class Meta:
        form_layout = build_form_layout("bands", "options", apart=["apart"])
        icon = "group"
        label = "About you, in bands"


class GridBlock(QuestionBlock):
    rows = blocks.ListBlock(RowBlock(), min_num=1)
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices for each row")

    class Meta:
        form_layout = build_form_layout("rows", "options")
        icon = "table"
        label = "The same choices for several rows"


class RankingBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=2, label="Choices")
    rank = blocks.IntegerBlock(default=3, min_value=1, max_value=10, label="How many places")

    class Meta:
        form_layout = build_form_layout("options", "rank")
        icon = "order"
        label = "Put in order"


class TextQuestionBlock(QuestionBlock):
    dont_know = blocks.BooleanBlock(required=False, default=False, label="Offer “I don’t know”")
    soon_box = blocks.BooleanBlock(required=False, default=True, label="Offer “I want someone to read this soon”")


class ShortTextBlock(TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=120, min_value=10, max_value=300, label="Room for how many letters")

    class Meta:
        form_layout = build_form_layout("max_length", apart=["soon_box"])
        icon = "pilcrow"
        label = "Short text"


class LongTextBlock(TextQuestionBlock):
    max_length = blocks.IntegerBlock(default=1000, min_value=100, max_value=5000, label="Room for how many letters")

    class Meta:
        form_layout = build_form_layout("max_length", apart=["soon_box"])
        icon = "edit"
        label = "Long text"


class SectionBlock(FoldedBlockMixin, blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    easy = build_easy_text_block("Heading, easy read")
    level = blocks.ChoiceBlock(
        choices=[("1", "A part"), ("2", "A part inside a part")],
        default="1",
        label="What begins here",
        help_text="A part goes on until the next one. Who is shown the part is shown what is in it.",
    )
    body = blocks.TextBlock(required=False, default="")
    body_easy = blocks.TextBlock(required=False, default="")
    sensitive = blocks.BooleanBlock(required=False, label="A hard subject")
    show_if = build_show_if_block("part")

    class Meta:
        icon = "title"
        label = "A part, or text between questions"
        label_format = "{text}"


class QuestionStreamBlock(FoldedStreamMixin, blocks.StreamBlock):
    single = SingleBlock()
    multiple = MultipleBlock()
    yesno = YesNoBlock()
    faces = FacesBlock()
    agreement = AgreementBlock()
    slider = SliderBlock()
    pictures = PicturesBlock()
    grid = GridBlock()
    ranking = RankingBlock()
    number = NumberBlock()
    month = MonthBlock()
    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    area = AreaBlock()
    about = AboutBlock()
    section = SectionBlock()

    def clean(self, value):
        """Show an impossible condition to the officer at its block, before anyone answers the survey."""
        cleaned = super().clean(value)
        error = find_equality_error(cleaned) or find_condition_error(cleaned)
        if error:
            raise error
        return cleaned


register_question_adapters(QuestionBlock, SectionBlock)

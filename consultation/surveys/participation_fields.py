"""The participation promises on a consultation's page, after Lundy's model (space, voice, audience, influence).

Their fields, the channels and access formats to choose from, and the editor's tab.
"""

from typing import NamedTuple

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel


class ChannelChoice(NamedTuple):
    key: str
    label: str
    word: str
    on_screen: bool = False


CHANNELS = (
    ChannelChoice("own", "On a phone or computer of one’s own", "listen.own", on_screen=True),
    ChannelChoice("tablet", "On a shared tablet", "listen.tablet", on_screen=True),
    ChannelChoice("paper", "On paper", "paper.title"),
    ChannelChoice("group", "In a group, with someone who writes down what is said", "listen.group"),
    ChannelChoice("phone", "By phone, with someone who writes it down", "listen.call"),
)
FORMATS = (
    ChannelChoice("standard", "All the words", "easy.off"),
    ChannelChoice("easy", "Easy words and pictures", "easy.on"),
    ChannelChoice("large", "Large print", "paper.large"),
    ChannelChoice("aloud", "Read out loud", "listen.aloud"),
    ChannelChoice("signed", "In British Sign Language", "listen.signed"),
)


def select_choices(choices: tuple[ChannelChoice, ...], keys: list[str]) -> list[ChannelChoice]:
    return [choice for choice in choices if choice.key in keys]


HELP_ONE_VOICE = "Everyone reads this: short sentences, 15 words or fewer."


class ParticipationFields(models.Model):
    """Fields of the consultation page, so that promises are drafted, approved and translated with it.

    One text serves standard and easy read: the linters require that it is easy enough for both.
    """

    groups_invited = models.TextField("who we ask, and where we find them", blank=True, help_text=HELP_ONE_VOICE)
    groups_missing = models.TextField(
        "who may be left out, and what we do about it",
        blank=True,
        help_text="Who answered least last time? " + HELP_ONE_VOICE,
    )
    safe_checked_by = models.CharField(
        "who checked that taking part is safe",
        max_length=200,
        blank=True,
        help_text="Jobs, not names: “A safeguarding lead and two young people, on a shared tablet”.",
    )
    ways = models.JSONField("ways to answer", default=list, blank=True)
    answer_phone = models.CharField(
        "telephone number for answers",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ]{2,18}$", "Write a number such as 01274 123456.")],
        help_text="Needed for “By phone”. Everyone sees it: a worker takes the call and writes the answers down.",
    )
    designed_with = models.TextField(
        "who helped to write it, and what they changed", blank=True, help_text=HELP_ONE_VOICE
    )
    formats = models.JSONField("forms that it comes in", default=list, blank=True)
    seen_how = models.TextField(
        "how those who decide see what people said",
        blank=True,
        help_text="Such as “Two young people show them the report.”",
    )
    promise_read = models.BooleanField(
        "the person who decides has read this page and will do what it says", default=False
    )
    told_how = models.TextField(
        "how people hear what was decided", blank=True, help_text="Not only on the web. " + HELP_ONE_VOICE
    )

    class Meta:
        abstract = True


ABOUT = (
    "What you write here is a promise, and people read it before they answer: “How we will listen”. "
    "All of it must be there before the consultation can be published."
)
WITHOUT_ASKING = "Every question can be left out. That holds for all surveys here, and people are told so."
PARTICIPATION_PANELS = [
    HelpPanel(ABOUT),
    MultiFieldPanel([FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")])], heading="Open from and until"),
    MultiFieldPanel(
        [
            FieldPanel("groups_invited"),
            FieldPanel("groups_missing"),
            FieldPanel("ways"),
            FieldPanel("answer_phone"),
            FieldPanel("safe_checked_by"),
        ],
        heading="Space: who is asked, and how they are safe",
    ),
    MultiFieldPanel(
        [FieldPanel("designed_with"), FieldPanel("formats"), HelpPanel(WITHOUT_ASKING)],
        heading="Voice: in words that are theirs",
    ),
    MultiFieldPanel(
        [FieldPanel("decision_role"), FieldPanel("seen_how"), FieldPanel("look_date"), FieldPanel("promise_read")],
        heading="Audience: who listens",
    ),
    MultiFieldPanel(
        [
            FieldPanel("can_change"),
            FieldPanel("can_change_easy"),
            FieldPanel("cannot_change"),
            FieldPanel("cannot_change_easy"),
            FieldRowPanel([FieldPanel("decision_date"), FieldPanel("feedback_date")]),
            FieldPanel("told_how"),
        ],
        heading="Influence: what can come of it",
    ),
    FieldPanel("level", heading="How far people take part"),
]

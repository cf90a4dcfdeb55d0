"""The editor tab for the participation promises."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

ABOUT = (
    "What you write here is a promise, and people read it before they answer: “How we will listen”. "
    "All of it must be there before the consultation can be published."
)
WITHOUT_ASKING = "Every question can be left out. That holds for all surveys here, and people are told so."
LISTENING_PANELS = [
    HelpPanel(ABOUT),
    MultiFieldPanel(
        [
            FieldPanel("groups_invited"),
            FieldPanel("groups_missing"),
            FieldPanel("ways"),
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

"""The participation promises of a consultation, after Lundy's model: space, voice, audience, influence."""

from django.db import models

HELP_ONE_VOICE = "Everyone reads this: short sentences, 15 words or fewer."


class Listening(models.Model):
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

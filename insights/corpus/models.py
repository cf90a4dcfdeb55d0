"""The corpus: released texts. It holds no raw text, and nothing about a person, a place or a time within a day."""

import secrets
import uuid

from django.db import models
from django.utils.crypto import salted_hmac

DRAWS = 2**31


def draw_at_random():
    return secrets.randbelow(DRAWS)


def draw_of(respondent):
    """A person's number by which a random sample of people is drawn: secret, and the same for each of their texts."""
    return int(salted_hmac("insights.corpus.draw", respondent.hex, algorithm="sha256").hexdigest()[:12], 16) % DRAWS


class TextQuerySet(models.QuerySet):
    def of(self, consultation):
        return self.filter(version__page=consultation)

    def quotable(self):
        return self.filter(quotable=True)


class Text(models.Model):
    """One cleared text. `respondent`: an opaque id common to the texts of one person, so that people can be
    counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    respondent = models.UUIDField(db_index=True)
    version = models.ForeignKey("consultation.PublishedVersion", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=120)
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=24)
    text = models.TextField()
    quotable = models.BooleanField(default=True)
    draw = models.PositiveBigIntegerField(default=draw_at_random)  # one random number for all texts of a person

    objects = TextQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["version", "question"], name="text_question"),
            models.Index(fields=["version", "draw"], name="text_draw"),
        ]

    def __str__(self):
        return str(self.pk)

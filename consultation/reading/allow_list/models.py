"""Words that officers enter for redaction. None of them comes from an answer."""

from django.db import models
from django.db.models.functions import Lower

from consultation.surveys.models import ConsultationPage


class KnownWordsKind(models.TextChoices):
    PLACE = "place", "Place"
    TITLE = "title", "Title of staff"
    PUBLIC = "public", "Not personal here"


class KnownWords(models.Model):
    """A place finer than a town, a staff title, or a name that is not personal data."""

    kind = models.CharField(max_length=6, choices=KnownWordsKind)
    words = models.CharField(max_length=80)
    # Only names that are not personal may belong to one consultation; null: all consultations.
    consultation = models.ForeignKey(
        ConsultationPage, null=True, blank=True, on_delete=models.CASCADE, related_name="known_words"
    )

    class Meta:
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("words"),
                condition=models.Q(consultation__isnull=True),
                name="known_words_once_everywhere",
            ),
            models.UniqueConstraint(
                "consultation",
                Lower("words"),
                condition=models.Q(consultation__isnull=False),
                name="known_words_once_in_a_consultation",
            ),
            models.CheckConstraint(
                condition=models.Q(consultation__isnull=True) | models.Q(kind="public"),
                name="places_and_titles_are_known_everywhere",
            ),
        ]

    def __str__(self):
        return self.words

"""The lines at the head of a report, and who signed them."""

from django.conf import settings
from django.db import models

from insights.releases.models import Quote, Release


class ReportSummary(models.Model):
    """lines = [{"slot": one of SLOTS, "words": str, "links": [id of a linkable row], "quote": id of a quote or None}].

    The words of a quote are never copied here, so that erasing a quote erases it from the summary too.
    """

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="summary")
    lines = models.JSONField(default=list)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True, signed_on__isnull=True)
                | models.Q(signed_by__isnull=False, signed_on__isnull=False),
                name="signed_summary_has_a_day",
            )
        ]

    def __str__(self):
        return f"summary of {self.release}"


# In the order of the page.
SLOTS = {
    "who": "Who answered, and who is missing",
    "message-1": "First message",
    "message-2": "Second message",
    "message-3": "Third message",
    "open": "Few but grave, and what no decision answers yet",
}


def slot_takes_quote(slot: str) -> bool:
    return slot.startswith("message")


def quotes_to_choose(release: Release) -> models.QuerySet[Quote]:
    """Quotes that a line may carry: those that the report features."""
    return Quote.objects.filter(release=release, featured=True, erased=False).order_by("theme", "place", "pk")

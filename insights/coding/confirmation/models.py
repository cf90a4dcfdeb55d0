"""The confirmation sample: people drawn at random whose answers coders code before a release, blind to the machine.

It shows how often the machine is right and what it misses, so that a theme's number can be corrected, with an interval.
"""

from django.conf import settings
from django.db import models

from insights.coding.models import CodebookVersion
from insights.corpus.models import Text


class ConfirmationRoundQuerySet(models.QuerySet):
    def of(self, consultation):
        return self.filter(consultation=consultation)

    def find_limit(self, consultation):
        """Whose draw is below this belongs to the sample. 0: nobody was drawn."""
        return self.of(consultation).aggregate(limit=models.Max("below"))["limit"] or 0

    def limits_by_consultation(self):
        """{consultation id: the draw below which its people are sampled}."""
        return dict(self.order_by().values_list("consultation").annotate(models.Max("below")))

    def sampled_texts(self, consultation):
        """The texts of everyone drawn in any round. Who answers after a draw and has a draw below its limit belongs to
        it too, so the sample stays random while people still answer."""
        limit = self.find_limit(consultation)
        return Text.objects.of(consultation).filter(draw__lt=limit) if limit else Text.objects.none()


class ConfirmationRound(models.Model):
    """One draw. The sample is everyone whose texts have a `Text.draw` below `below`: a later round only adds people."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()  # people drawn, those of earlier rounds included
    below = models.PositiveBigIntegerField()
    half_width = models.PositiveSmallIntegerField()  # percentage points of the widest interval that was asked for
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()

    objects = ConfirmationRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"confirmation sample of {self.consultation}"

"""Ticks of the launch checklist, and whether the site is live."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class TickQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_on=None)


class LaunchTick(models.Model):
    """A named person checked this item. An undone tick stays as history."""

    item = models.CharField(max_length=40)
    checker = models.CharField("who checked it", max_length=120, help_text="Their name and what they are.")
    checked_on = models.DateField("on which day")
    note = models.CharField("what they found", max_length=300, blank=True)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    objects = TickQuerySet.as_manager()

    class Meta:
        ordering = ["item", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(undone_on=None), name="one_standing_tick_an_item"),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by=None) | Q(undone_on__isnull=False, undone_by__isnull=False),
                name="undone_by_someone_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.checker}"


class Launch(models.Model):
    """One row: the day since which the site has been live; until then public pages carry a notice."""

    live_since = models.DateField(null=True, blank=True)
    looked_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"live since {self.live_since}" if self.live_since else "not live"

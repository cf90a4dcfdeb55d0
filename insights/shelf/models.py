"""A planner's shelf: pages kept under a name, and notes beside a report or one of its themes. Both are one's own until
they are shared, and then for colleagues of the same agency."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from insights.coding.models import Theme
from insights.reports.models import Release


class ShelfQuerySet(models.QuerySet):
    def seen_by(self, user):
        """One's own, and what colleagues of the same agency share, however its name is written in capitals (as agreements
        have it). Whoever names no agency has no colleagues."""
        mine, team = Q(owner=user), user.agency.strip()
        if team:
            mine |= Q(shared=True, owner__agency__iexact=team)
        return self.filter(mine).select_related("owner")


class KeptPage(models.Model):
    """A page of the planners' workspace with whatever is chosen on it. What it shows is looked up anew each time."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500)  # path and query, under /insights/
    shared = models.BooleanField(default=False)
    kept_on = models.DateField()

    objects = ShelfQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "address"], name="one_page_kept_once")]
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Note(models.Model):
    """What a planner wrote beside a report, or beside one theme of it. Never about a person or a case."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=1000)
    shared = models.BooleanField(default=False)
    written_on = models.DateField()

    objects = ShelfQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-pk"]

    def __str__(self):
        return f"note {self.pk}"

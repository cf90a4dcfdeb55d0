"""A planner's saved pages and notes: private until shared with colleagues of the same agency."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from insights.coding.models import Theme
from insights.releases.models import Release


class SavedQuerySet(models.QuerySet):
    def seen_by(self, user):
        """The user's own, and those shared by colleagues of the same agency. Without an agency: only the user's own."""
        mine = Q(owner=user)
        if user.agency_id:
            mine |= Q(shared=True, owner__agency=user.agency_id)
        return self.filter(mine).select_related("owner")


class KeptPage(models.Model):
    """An address of the planners' workspace with its filters; its content is not stored."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500)  # path and query, under /insights/
    shared = models.BooleanField(default=False)
    kept_on = models.DateField()

    objects = SavedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "address"], name="one_page_kept_once")]
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Note(models.Model):
    """A planner's note on a report or one of its themes; never about a person or a case."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=1000)
    shared = models.BooleanField(default=False)
    written_on = models.DateField()

    objects = SavedQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-pk"]

    def __str__(self):
        return f"note {self.pk}"

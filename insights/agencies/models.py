"""What each agency has promised to do for a decision, and how it goes, told by the agency itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from insights.decisions.models import Decision, DecisionStatus, Progress

ENDED = (Progress.DONE, Progress.STOPPED)


class AgencyQuerySet(models.QuerySet):
    def named(self, name):
        """By the name that people and agreements carry, however it is written in capitals."""
        return self.filter(name__iexact=name.strip())


class Agency(models.Model):
    """A partner in the action plan. Whoever belongs to it has its name on their account."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class ActionItemQuerySet(models.QuerySet):
    def of(self, agency):
        return self.filter(agency=agency)

    def seen_by(self, user):
        """Those of a draft, as the draft itself, are for whoever writes and publishes decisions."""
        return self.filter(decision__in=Decision.objects.seen_by(user))

    def promised(self):
        """Of decisions that are public: a draft promises nothing yet."""
        return self.filter(decision__status=DecisionStatus.PUBLISHED)

    def open(self):
        return self.exclude(status__in=ENDED)

    def overdue(self, today):
        return self.open().filter(due__lt=today)


class ActionItem(models.Model):
    """One thing that one agency does for a decision. Never deleted once it is public: it is stopped, with a reason."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="items")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=300)
    lead_role = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Progress, default=Progress.PLANNED)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.what

    @property
    def is_overdue(self):
        return bool(self.due) and self.status not in ENDED and self.due < timezone.localdate()


class ItemUpdate(models.Model):
    """One dated line of an item's history. Never changed, only followed; the database refuses."""

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="updates")
    day = models.DateField()
    status = models.CharField(max_length=8, choices=Progress)
    words = models.CharField(max_length=600)
    due_was = models.DateField(null=True, blank=True)  # where the day moved with this update
    due = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="an_update_says_something")]

    def __str__(self):
        return f"{self.item}, {self.day}"

    @property
    def moved(self):
        return self.due_was != self.due

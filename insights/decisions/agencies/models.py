"""Actions that agencies promise for a decision, and the agencies' own dated updates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consultation import handover
from insights.decisions.models import Decision, DecisionStatus, Progress

ENDED = (Progress.DONE, Progress.STOPPED)


class AgencyQuerySet(models.QuerySet):
    def named(self, name, key=""):
        """By name, whatever the capitals, or by the key on the list of agencies."""
        return self.filter(Q(name__iexact=name.strip()) | Q(list_key=key) & ~Q(list_key=""))


class Agency(models.Model):
    """A partner in action plans. A user belongs to it by the agency on the account: see `belongs_to_agency`."""

    name = models.CharField(max_length=120, unique=True)
    list_key = models.CharField(max_length=120, blank=True)  # on the list of agencies, where it may be renamed
    slug = models.SlugField(max_length=80, unique=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name

    @property
    def key_on_list(self):
        """An agency that was not on the list when a plan named it has the key that its name would have there."""
        return self.list_key or handover.agency_key(self.name)


class ActionItemQuerySet(models.QuerySet):
    def of(self, agency):
        return self.filter(agency=agency)

    def seen_by(self, user):
        """Actions of the decisions that the user may see."""
        return self.filter(decision__in=Decision.objects.seen_by(user))

    def promised(self):
        """Actions of published decisions."""
        return self.filter(decision__status=DecisionStatus.PUBLISHED)

    def open(self):
        return self.exclude(status__in=ENDED)

    def overdue(self, today):
        return self.open().filter(due__lt=today)


class ActionItem(models.Model):
    """One action of one agency for a decision. A published one is never deleted, only stopped with a reason."""

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
    """A dated update of an action. The database refuses to change or delete it."""

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="updates")
    day = models.DateField()
    status = models.CharField(max_length=8, choices=Progress)
    words = models.CharField(max_length=600)
    due_was = models.DateField(null=True, blank=True)  # the old due day, if this update moved it
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

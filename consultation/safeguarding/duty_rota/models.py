"""Working hours, days off, the leads' duty rota, and leave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OpenHours(models.Model):
    """Opening and closing time of one weekday. A day without times is a day off; none at all: the standard week."""

    weekday = models.PositiveSmallIntegerField(primary_key=True)  # 0 is Monday
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="seven_weekdays"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes")),
                name="opens_before_it_closes",
            ),
        ]

    def __str__(self):
        return f"weekday {self.weekday}"


class DayOff(models.Model):
    """An extra day without work, such as a training day or a one-off bank holiday."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return self.name


class DutyDay(models.Model):
    """The lead on duty on one working day, and the backup who gets alerts."""

    day = models.DateField(primary_key=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    backup = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(backup__isnull=True) | ~Q(lead=F("backup")),
                name="nobody_is_their_own_backup",
            )
        ]

    def __str__(self):
        return str(self.day)


class LeaveQuerySet(models.QuerySet):
    def touching(self, since, until):
        return self.filter(first_day__lte=until, last_day__gte=since)


class Leave(models.Model):
    """Days on which a lead or a reader is not here. Why they are away is nobody's business here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    # The lead who takes over what this one has; without one, the backup of the day.
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="leave_begins_before_it_ends"),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")), name="nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.first_day} to {self.last_day}"

"""Information sharing agreements: a partner sees reports only while their agency's agreement is in date; and releases for
one agency alone."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from consultation.agencies.models import KnownAgency

SOON = timedelta(days=30)


class AgreementQuerySet(models.QuerySet):
    def in_date(self, day: date | None = None):
        day = day or timezone.localdate()
        return self.filter(starts__lte=day, ends__gte=day, confirmed_on__isnull=False)

    def waiting(self):
        """Those that one administrator added and no other has confirmed: they open nothing yet."""
        return self.filter(confirmed_on=None, ends__gte=timezone.localdate())

    def ending(self):
        """Agreements due for renewal, earliest end first."""
        return [
            agreement for agreement in self.in_date().select_related("agency").order_by("ends") if agreement.ends_soon
        ]

    def of(self, agency: KnownAgency | None):
        """Agreements of this agency; without an agency, none."""
        return self.filter(agency=agency) if agency else self.none()


class Agreement(models.Model):
    """An agreement with one agency between two days, in force once a second administrator has confirmed it. Ending it early
    moves the last day; a change is an agreement that takes the place of another. Each row stays as history."""

    agency = models.ForeignKey(KnownAgency, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120, blank=True, help_text="Where the signed paper is kept.")
    starts = models.DateField("from")
    ends = models.DateField("until")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    # It ends when this one is confirmed, and its releases are under this one from then on.
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = [Lower("agency__name"), "-ends"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts")),
                name="an_agreement_ends_after_it_starts",
                violation_error_message="It ends before it starts: look at the two days.",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=models.F("added_by")), name="an_agreement_is_confirmed_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.starts:%-d %B %Y} to {self.ends:%-d %B %Y}"

    @property
    def is_in_date(self) -> bool:
        return not self.waits and self.starts <= timezone.localdate() <= self.ends

    @property
    def is_to_come(self) -> bool:
        return not self.waits and self.starts > timezone.localdate()

    @property
    def waits(self) -> bool:
        return self.confirmed_on is None and self.ends >= timezone.localdate()

    @property
    def ends_soon(self) -> bool:
        """In date, ends within thirty days, and no later agreement follows it."""
        if not self.is_in_date or self.days_left > SOON.days:
            return False
        after = Agreement.objects.of(self.agency).filter(starts__lte=self.ends + timedelta(days=1), ends__gt=self.ends)
        return not after.exists()

    @property
    def days_left(self) -> int:
        return (self.ends - timezone.localdate()).days


class AgreedReleaseQuerySet(models.QuerySet):
    def withheld_from(self, agency: KnownAgency | None) -> list[int]:
        """Ids of the releases that people and programs of this agency may not see: those for other agencies, and those
        whose own agreement is not in date, even where the agency has another one."""
        own = Agreement.objects.of(agency).in_date()
        return list(self.exclude(agreement__in=own).values_list("release_id", flat=True))


class AgreedRelease(models.Model):
    """A release for one agency: of all partners, its people alone see it, while this agreement is in date. It never opens
    to other partners again; another agreement may take the place of this one."""

    release = models.OneToOneField(
        "insights.Release", primary_key=True, on_delete=models.CASCADE, related_name="agreed"
    )
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(default=timezone.localdate)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AgreedReleaseQuerySet.as_manager()

    def __str__(self):
        return f"{self.release}, for {self.agreement.agency}"

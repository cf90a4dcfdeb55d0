"""The list of agencies: who staff work for, who is told of a case, with whom reports are shared.

Concerns about staff are hidden by an agency's key, which never changes, so no spelling decides who sees one (D7).
"""

import re

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


def agency_key(name):
    """The key of an agency of this first name: letters and digits only, case-folded."""
    return re.sub(r"[\W_]+", "", name).casefold()


class AgencyKind(models.TextChoices):
    COUNCIL = "council", "Council"
    SOCIAL_CARE = "social-care", "Children's social care"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School or college"
    VOLUNTARY = "voluntary", "Voluntary or community organisation"
    NATIONAL = "national", "National service"
    ROUTE = "route", "A way to report, for which nobody here works"
    OTHER = "other", "Something else"


class AgencyStatus(models.TextChoices):
    LISTED = "listed", "On the list"
    PROPOSED = "proposed", "Named in a referral"
    # Named in a concern about staff alone: administrators, who may work there, never see it.
    CONFIDENTIAL = "secret", "Known to leads"
    RETIRED = "retired", "Not offered any more"


class KnownAgencyQuerySet(models.QuerySet):
    def listed(self):
        return self.filter(status=AgencyStatus.LISTED)

    def employers(self):
        """Listed agencies for which a member of staff may work."""
        return self.listed().exclude(kind=AgencyKind.ROUTE)

    def kept_by_administrators(self):
        return self.exclude(status=AgencyStatus.CONFIDENTIAL)


class KnownAgency(models.Model):
    """An agency. It is never deleted, as cases and accounts name it; a retired one is not offered any more."""

    key = models.CharField(max_length=120, primary_key=True, editable=False)  # made once, from its first name
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=AgencyKind, default=AgencyKind.OTHER)
    reach = models.TextField("How to reach it", blank=True)  # leads ring it about a child: changed by two people
    new_reach = models.TextField(blank=True, default="", db_default="")  # which a second administrator has to try
    new_reach_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=8, choices=AgencyStatus, default=AgencyStatus.LISTED)
    other_names = models.TextField(
        blank=True
    )  # spellings of texts before there was a list, one a line; shown to nobody

    objects = KnownAgencyQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "key"]
        verbose_name_plural = "agencies"
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="an_agency_on_the_list_has_a_key")]

    def __str__(self):
        return self.name

"""Referrals of a case to other agencies: a case may have several."""

import uuid

from django.conf import settings
from django.db import models

from consultation.agencies.models import KnownAgency
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import TriageCase


class CaseReferral(models.Model):
    """One agency that was told of a case, and what it decided. Sealed; erased with its case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(KnownAgency, on_delete=models.PROTECT, related_name="+")
    sealed_reference = models.BinaryField(null=True, blank=True)  # in the receiving system
    sealed_phone_name = models.BinaryField(null=True, blank=True)  # of the person there who took it by telephone
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    chase_on = models.DateField()  # the day to ask what was decided; from the next day on it is late
    told_late = models.BooleanField(default=False)  # a lead was told that it is
    sealed_decision = models.BinaryField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sealed_reference__isnull=False) | models.Q(sealed_phone_name__isnull=False),
                name="a_referral_has_a_reference_or_who_took_it",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_decision__isnull=True, decided_at__isnull=True)
                | models.Q(sealed_decision__isnull=False, decided_at__isnull=False),
                name="a_decided_referral_has_decision_and_time",
            ),
        ]

    def __str__(self):
        return f"referral to {self.agency}"

    @property
    def reference(self):
        return open_sealed_text(self.sealed_reference) if self.sealed_reference else ""

    @property
    def by_phone_to(self):
        return open_sealed_text(self.sealed_phone_name) if self.sealed_phone_name else ""

    @property
    def decision(self):
        return open_sealed_text(self.sealed_decision) if self.sealed_decision else ""

    def is_late(self, today):
        """Whether the agency should have decided before today."""
        return self.decided_at is None and self.chase_on < today

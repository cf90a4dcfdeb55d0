"""Links between cases about the same person or place."""

import uuid

from django.conf import settings
from django.db import models

from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import TriageCase

USER = settings.AUTH_USER_MODEL


class LinkKind(models.TextChoices):
    PERSON = "person", "The same person"
    PLACE = "place", "The same place"


class CaseLink(models.Model):
    """Two cases that a lead linked. A link is never deleted: it ends with a reason. Sealed; erased with either case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="links_from")
    other = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="links_to")
    kind = models.CharField(max_length=6, choices=LinkKind)
    sealed_note = models.BinaryField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed_end_reason = models.BinaryField(null=True, blank=True)
    ended_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="a_case_is_linked_with_another"),
            models.CheckConstraint(
                condition=models.Q(sealed_end_reason__isnull=True, ended_by__isnull=True, ended_at__isnull=True)
                | models.Q(sealed_end_reason__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
                name="an_ended_link_has_reason_person_and_time",
            ),
        ]

    def __str__(self):
        return "a link"

    @property
    def note(self):
        return open_sealed_text(self.sealed_note)

    @property
    def end_reason(self):
        return open_sealed_text(self.sealed_end_reason) if self.sealed_end_reason else ""

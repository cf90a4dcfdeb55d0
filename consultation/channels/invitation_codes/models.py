"""One-time invitation codes, stored as a digest and whether it was used; not when, nor by whom."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.formats import date_format

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.surveys.models import ConsultationPage


class CodeBatch(models.Model):
    """Codes that were printed together, for a school or a youth club."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="code_batches")
    label = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    off = models.BooleanField(default=False)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # As disclosure control lets it be told ("about 35"), of `used_frozen` used codes; "": too few codes to say.
    used_about = models.CharField(max_length=20, blank=True)
    used_frozen = models.PositiveSmallIntegerField(default=0)  # only tells whether more have come; no page shows it
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_on", "label", "pk"]

    def __str__(self):
        return self.label

    @property
    def use_in_words(self):
        """About how many codes were used, in a sentence."""
        if self.counted_on is None:
            return "Not counted yet."
        if not self.used_about:
            return "Too few codes to say how many were used."
        return f"{self.used_about.capitalize()} were used, as of {date_format(self.counted_on, 'j F')}."


class InvitationCode(KeyOrderedModel):
    digest = models.CharField(max_length=64, primary_key=True)  # HMAC-SHA-256 of the consultation and the code, hex
    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="codes")
    used = models.BooleanField(default=False)  # a sweep marks at least ten at once: responses.apart

    class Meta:
        indexes = [build_key_order_index("invitation_codes", "digest")]

    def __str__(self):
        return "invitation code"

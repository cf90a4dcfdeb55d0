"""Places that a lead writes down with a case: the name sealed, its type for counts."""

from django.db import models

from consultation.domain.place_types import PLACE_TYPES
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import SealedNote, TriageCase


class NamedPlace(SealedNote):
    """`sealed` is the place’s name, emptied with the reason when its case is closed; the row goes with the case."""

    case = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="places")
    place_type = models.CharField(max_length=20, choices=list(PLACE_TYPES.items()))
    sealed_reason = models.BinaryField()

    def __str__(self):
        return "a named place"

    @property
    def reason(self):
        return open_sealed_text(self.sealed_reason) if self.sealed_reason else ""

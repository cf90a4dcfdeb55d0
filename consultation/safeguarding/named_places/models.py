"""Places that a lead writes down with a case: the name sealed, its type for counts."""

from django.db import models

from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import SealedNote, TriageCase


class PlaceType(models.TextChoices):
    """The only thing of a named place that ever leaves its case, as a count."""

    HOME = "home", "A home or a flat"
    SCHOOL = "school", "A school or college"
    CLUB = "club", "A club or a place of worship"
    PARK = "park", "A park or open land"
    STREET = "street", "A street or car park"
    TRANSPORT = "transport", "A bus, train, taxi or stop"
    FOOD = "food", "A takeaway, café or shop"
    HOTEL = "hotel", "A hotel or let room"
    NIGHT = "night", "A bar or a place open at night"
    OTHER = "other", "Another place"


class NamedPlace(SealedNote):
    """`sealed` is the place's name. Erased with its case."""

    case = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="places")
    place_type = models.CharField(max_length=9, choices=PlaceType)
    sealed_reason = models.BinaryField()

    def __str__(self):
        return "a named place"

    @property
    def reason(self):
        return open_sealed_text(self.sealed_reason)

"""Poll answers (“Did you hear back?”, member checks): a choice without day, language, channel or text."""

import uuid

from django.db import models

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.surveys.models import ConsultationPage


class HeardBackChoice(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"
    NOT_SURE = "dk", "I don’t know"


class HeardAnswer(KeyOrderedModel):
    """One choice. Its id is derived from the form's token, so a repeated Send is recognised; no link to a response."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20, blank=True, default="")  # summary or decision poll; "": did you hear back
    choice = models.CharField(max_length=6, choices=HeardBackChoice)
    excluded_from_figures = models.BooleanField(default=False, db_column="held")  # excluded from figures: a flood

    class Meta:
        indexes = [build_key_order_index("heard_answers")]

    def __str__(self):
        return "heard back"

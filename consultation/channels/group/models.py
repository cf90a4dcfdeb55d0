"""A group session: one response with a facilitator's notes, without names or a place."""

import uuid

from django.db import models

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.models import Response


class GroupSize(models.TextChoices):
    """The number of young people as a band. Under 4 it is a conversation and not entered here."""

    FEW = "4-6", "4 to 6"
    SOME = "7-10", "7 to 10"
    MANY = "11-20", "11 to 20"
    MOST = "21+", "More than 20"


class GroupSession(KeyOrderedModel):
    """Its response is excluded from figures: a show of hands is not a set of individual answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="group_session")
    size = models.CharField(max_length=5, choices=GroupSize)

    class Meta:
        indexes = [build_key_order_index("group_sessions")]

    def __str__(self):
        return str(self.pk)

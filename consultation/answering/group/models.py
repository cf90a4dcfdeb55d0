"""A group session as one mediated response: what a facilitator wrote down of what a group said. Nobody's name, no place."""

import uuid

from django.db import models

from consultation.responses.models import Response


class Size(models.TextChoices):
    """How many young people took part, as a band. Under 4, a group is a talk: it is not entered here."""

    FEW = "4-6", "4 to 6"
    SOME = "7-10", "7 to 10"
    MANY = "11-20", "11 to 20"
    MOST = "21+", "More than 20"


class GroupSession(models.Model):
    """Its response is held from all figures: hands in a room are not people who answered for themselves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="group_session")
    size = models.CharField(max_length=5, choices=Size)

    def __str__(self):
        return str(self.pk)

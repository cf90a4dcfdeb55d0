"""Texts that came more than once. Digests are keyed by a secret that the database does not hold: a copy of the tables
tells no word, and not whether two texts have the same ones."""

from django.db import models

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.models import Answer, Response


class FirstWording(KeyOrderedModel):
    """The answer that stands for all with the same words. Erased two days after the close, when no more can come."""

    digest = models.CharField(max_length=64, primary_key=True)
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [build_key_order_index("first_wordings", "digest")]

    def __str__(self):
        return "wording"


class HeldCopy(KeyOrderedModel):
    """A response that is held from figures because its words came before, until an officer counts it in."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, primary_key=True, related_name="held_copy")
    counted_in = models.BooleanField(default=False)

    class Meta:
        indexes = [build_key_order_index("held_copies", "response")]

    def __str__(self):
        return "held copy"

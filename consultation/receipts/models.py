"""Receipts: what four words derive to, never the words (A8)."""

from django.db import models

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.models import Response


class Receipt(KeyOrderedModel):
    digest = models.CharField(max_length=64, primary_key=True)  # what the four words derive to, hex
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="receipt")
    shown = models.PositiveSmallIntegerField(default=0)  # times shown, at most 2

    class Meta:
        indexes = [build_key_order_index("receipts", "digest")]

    def __str__(self):
        return "receipt"

"""The head of the ledger on a day, signed: whoever keeps a copy can later show that what stood before is no other now."""

from django.db import models


class LedgerHead(models.Model):
    day = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=44)  # the public half, base64
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["seq"]

    def __str__(self):
        return f"entry {self.seq} on {self.day}"

"""The signed head of a day: with an old copy anyone can prove that earlier entries have not changed."""

from django.db import models


class LedgerHead(models.Model):
    day = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=44)  # public key, base64
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["seq"]

    def __str__(self):
        return f"entry {self.seq} on {self.day}"

"""Rows of answer tables that still lie where they were written, which tells when: a sweep moves them (storage_order)."""

from django.db import models


class RowPlace(models.IntegerChoices):
    NEW = 0, "Lies where it was written"
    TODAY = 1, "Moved; will be moved again beside later rows of the day"
    FOR_GOOD = 2, "Moved after its day had ended"


class KeyOrderedModel(models.Model):
    """A row whose place must not tell its time. Whoever changes a row so that its place would tell something anew sets
    `settled` back to NEW: the column keeps its first name."""

    settled = models.PositiveSmallIntegerField(default=RowPlace.NEW, db_default=RowPlace.NEW, editable=False)

    class Meta:
        abstract = True


def build_key_order_index(table: str, key: str = "id") -> models.Index:
    """The rows that the sweep looks for, in key order: it holds the day's rows, whatever the size of the table."""
    unsettled = models.Q(settled__lt=RowPlace.FOR_GOOD)
    return models.Index(fields=["settled", key], condition=unsettled, name=f"{table}_unsettled")

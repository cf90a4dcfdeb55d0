"""Counts of a quarter after disclosure control."""

from django.db import models


class QuarterSubject(models.TextChoices):
    LEFT_OUT = "left-out", "Counted, but not quoted"
    PLACES = "places", "Named places, by their kind"


class QuarterCounts(models.Model):
    """Frozen once, after the quarter ended. figures = {group: {"value": int|None, "symbol": why no number}}; empty where
    too few people stand behind them."""

    subject = models.CharField(max_length=8, choices=QuarterSubject)
    quarter = models.DateField()  # its first day
    figures = models.JSONField(default=dict)
    made_on = models.DateField()

    class Meta:
        ordering = ["-quarter"]
        constraints = [models.UniqueConstraint(fields=["subject", "quarter"], name="a_quarter_is_frozen_once")]

    def __str__(self):
        return f"{self.get_subject_display()}, quarter from {self.quarter}"

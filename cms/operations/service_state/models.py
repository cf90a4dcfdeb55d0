"""Alarms of which the administrators were told. Nothing here comes from an answer."""

from django.db import models


class ToldAlarm(models.Model):
    """An alarm that has not ended since; told again once a day."""

    key = models.CharField(max_length=60, primary_key=True)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

"""Heartbeats of workers and the clock of each sweep. Nothing here comes from an answer."""

from django.db import models


class Heartbeat(models.Model):
    worker = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class SweepRun(models.Model):
    """The clock of one sweep: next due time, consecutive failures, class of the last error."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name

"""Heartbeats of workers and the clock of each sweep. Nothing here comes from an answer."""

from django.db import models


class Heartbeat(models.Model):
    worker = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField()
    # The sweep at work at the last beat, and since when: a beat beside a stuck sweep says that it is stuck.
    sweep = models.CharField(max_length=80, blank=True, default="", db_default="")
    since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.worker


class SweepRun(models.Model):
    """The clock of one sweep: who runs it, when it is due next, its failures in a row and the class of the last error."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    # The worker that claimed it; empty between runs.
    worker = models.CharField(max_length=80, blank=True, default="", db_default="")
    finished_at = models.DateTimeField(null=True, blank=True)
    caught_up_at = models.DateTimeField(null=True, blank=True)  # the last end that left nothing waiting
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name

"""Sweep of codebooks."""

from django.tasks import task

from insights.coding.codebooks import recoding


@task
def recode_late_codes():
    """Sweep: recode codes that were saved while a codebook version was being approved."""
    return recoding.recode_late_codes()

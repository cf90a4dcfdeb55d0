"""Sweep of codebooks."""

from django.tasks import task


@task
def recode_late_codes():
    """Sweep: recode codes that were saved while a codebook version was being approved."""
    from insights.coding.codebooks.recoding import recode_late_codes as sweep

    return sweep()

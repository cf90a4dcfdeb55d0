"""Sweeps of the reports; cms.worker.schedule says how often."""

from django.tasks import task


@task
def refresh_equality():
    from insights.reports import equality

    equality.refresh()

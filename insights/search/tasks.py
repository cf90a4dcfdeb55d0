"""Sweep of the word index."""

from django.tasks import task

from insights.search import schema


@task
def wipe_erased():
    """Sweep: remove erased words from the index of a database that keeps them (PostgreSQL)."""
    schema.wipe_erased()

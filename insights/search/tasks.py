"""Sweep of the word index."""

from django.tasks import task

from insights.search import index_schema


@task
def wipe_erased_words():
    """Sweep: remove erased words from the index of a database that keeps them (PostgreSQL)."""
    index_schema.wipe_erased_words()

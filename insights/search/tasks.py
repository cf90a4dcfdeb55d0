from django.tasks import task

from insights.search import schema


@task
def wipe_erased():
    """Sweep: words that were erased leave the index of a database that keeps them there."""
    schema.wipe_erased()

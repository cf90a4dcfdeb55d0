from django.tasks import task

from insights.results import heard


@task
def refresh_heard():
    """Sweep: whether people heard back, counted anew where enough have answered."""
    heard.refresh()

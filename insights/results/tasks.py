"""The sweep of the heard-back figures."""

from django.tasks import task

from insights.results import heard


@task
def refresh_heard():
    """Sweep: renew the heard-back figures."""
    heard.refresh()

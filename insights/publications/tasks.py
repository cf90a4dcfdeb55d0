"""The sweep of the heard-back figures."""

from django.tasks import task

from insights.publications import heard_back_figures


@task
def refresh_heard_back():
    """Sweep: renew the heard-back figures."""
    heard_back_figures.refresh_heard_back()

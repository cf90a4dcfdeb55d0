"""The sweep of the replies to member checks."""

from django.tasks import task

from insights.checks import replies


@task
def refresh():
    """Sweep: renew the reply figures."""
    replies.refresh()

from django.tasks import task

from insights.intake import actions


@task
def take():
    """Sweep: what readers released and insights does not have yet."""
    return actions.take()

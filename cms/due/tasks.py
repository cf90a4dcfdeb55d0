from django.tasks import task

from cms.due import actions


@task
def remind():
    """Sweep: answers that are due soon, or late."""
    actions.remind()

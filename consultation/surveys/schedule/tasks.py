"""The task that postpones openings; the scheduler says how often it runs."""

from django.tasks import task

from consultation.surveys.schedule import actions


@task
def postpone_openings():
    actions.postpone_openings()

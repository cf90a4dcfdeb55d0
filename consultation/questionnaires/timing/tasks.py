"""The task that postpones openings; the scheduler says how often it runs."""

from django.tasks import task

from consultation.questionnaires.timing import actions


@task
def hold_openings():
    actions.hold_openings()

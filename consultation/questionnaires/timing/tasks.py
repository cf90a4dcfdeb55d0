"""A sweep; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.questionnaires.timing import actions


@task
def hold_openings():
    actions.hold_openings()

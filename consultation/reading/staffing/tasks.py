"""A sweep; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.reading.staffing import actions


@task
def warn_of_late():
    actions.warn_of_late()

"""The sweep of brought files; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.answering.imports import working


@task
def work():
    working.work()

"""The sweep that continues imports; cms.worker.schedule sets how often it runs."""

from django.tasks import task

from consultation.answering.imports import working


@task
def work():
    working.work()

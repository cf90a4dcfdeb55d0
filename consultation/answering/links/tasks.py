"""The daily sweep of link counts; cms.worker.schedule sets its time."""

from django.tasks import task

from consultation.answering.links import actions


@task
def count_links():
    actions.count_links()

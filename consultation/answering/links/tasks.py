"""A sweep; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.answering.links import actions


@task
def count_links():
    actions.count_links()

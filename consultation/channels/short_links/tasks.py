"""The daily sweep of link counts; cms.operations.scheduler.sweep_schedule sets its time."""

from django.tasks import task

from consultation.channels.short_links import actions


@task
def count_printed_links():
    actions.update_link_counts()

"""Sweep: reminders of answers that are due."""

from django.tasks import task

from cms.due import actions


@task
def remind():
    actions.remind()

"""The sweep that warns of late reading; the scheduler says how often it runs."""

from django.tasks import task

from consultation.reading.staffing import actions


@task
def warn_of_late():
    actions.warn_of_late_reading()

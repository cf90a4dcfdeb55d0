"""The monthly draw of the audit sample; the scheduler says how often it checks whether a month is over."""

from django.tasks import task

from consultation.reading.audit_sample import actions


@task
def draw_month():
    actions.draw_audit_sample()

"""The draws of the audit samples; the scheduler says how often it checks whether a month or a week is over."""

from django.tasks import task

from consultation.reading.audit_sample import actions


@task
def draw_samples():
    actions.draw_audit_sample()
    actions.draw_dropped_flags()

"""The sweep that freezes counts of a quarter; cms.operations.scheduler.sweep_schedule says how often."""

from django.tasks import task

from insights.quarter_counts import actions


@task
def freeze_last_quarter():
    actions.freeze_last_quarter()

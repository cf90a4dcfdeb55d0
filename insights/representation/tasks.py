"""The sweep of the representation pictures; cms.operations.scheduler.sweep_schedule sets its interval."""

from django.tasks import task

from insights.representation import actions


@task
def refresh_reach():
    actions.refresh_reach_pictures()

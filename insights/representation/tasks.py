"""The sweep of the representation pictures; cms.operations.scheduler.sweep_schedule sets its interval."""

from django.tasks import task


@task
def refresh_reach():
    from insights.representation import actions

    actions.refresh_reach_pictures()

"""The sweep of the representation pictures; cms.worker.schedule sets its interval."""

from django.tasks import task


@task
def refresh():
    from insights.reach import actions

    actions.refresh()

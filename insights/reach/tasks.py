"""The sweep of the reach pages; cms.worker.schedule says how often."""

from django.tasks import task


@task
def refresh():
    from insights.reach import actions

    actions.refresh()

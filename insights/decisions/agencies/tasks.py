"""The sweep that tells agencies of late promises; cms.operations.scheduler.sweep_schedule says how often."""

from django.tasks import task

from insights.decisions.agencies import late_promises


@task
def remind_late_agencies():
    late_promises.remind_late_agencies()

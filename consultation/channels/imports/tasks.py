"""The sweep that continues imports; cms.operations.scheduler.sweep_schedule sets how often it runs."""

from django.tasks import task

from consultation.channels.imports import import_worker


@task
def work_on_imports():
    import_worker.run_import_steps()

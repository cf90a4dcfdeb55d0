"""Sweeps of the releases; cms.operations.scheduler.sweep_schedule sets their intervals."""

from django.tasks import task

from insights.releases import equality_pictures


@task
def refresh_equality():
    equality_pictures.refresh_equality_pictures()


@task
def run_release_orders():
    """Runs ordered previews and releases."""
    # numpy and the solver load with it.
    from insights.releases.release_builder.release_worker import run_waiting_orders

    return run_waiting_orders()

"""Sweeps of the releases; cms.worker.schedule sets their intervals."""

from django.tasks import task


@task
def refresh_equality():
    from insights.reports import equality

    equality.refresh()


@task
def make_asked():
    """Runs ordered previews and releases. numpy and the solver load here."""
    from insights.reports.making.working import sweep

    return sweep()

"""Sweeps of the reports; cms.worker.schedule says how often."""

from django.tasks import task


@task
def refresh_equality():
    from insights.reports import equality

    equality.refresh()


@task
def make_asked():
    """Previews and releases that officers asked for. numpy and the solver load here."""
    from insights.reports.making.working import sweep

    return sweep()

"""The sweep that makes wanted papers."""

from django.tasks import task

from insights.exports.pdf import actions


@task
def make_papers():
    """Sweep: make wanted papers."""
    return actions.make_wanted_papers()

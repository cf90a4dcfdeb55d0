"""The sweep that makes wanted papers."""

from django.tasks import task

from insights.exports.pdf.paper_making import make_wanted_papers


@task
def make_papers():
    """Sweep: make wanted papers."""
    return make_wanted_papers()

from django.tasks import task

from insights.outcomes import polls


@task
def refresh():
    """Sweep: whether people say that decisions changed anything for them, counted anew where enough have replied."""
    polls.refresh()

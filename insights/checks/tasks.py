from django.tasks import task

from insights.checks import replies


@task
def refresh():
    """Sweep: whether people say that we heard them right, counted anew where enough have replied."""
    replies.refresh()

from django.tasks import task

from insights.decisions.outcomes import change_polls, objection_replies


@task
def refresh_polls():
    """Sweep: count the replies to the change polls, and those about decisions that somebody thinks wrong, again."""
    change_polls.refresh_polls()
    objection_replies.refresh_pictures()

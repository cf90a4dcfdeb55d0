"""The sweep of the replies to member checks."""

from django.tasks import task

from insights.publications.member_checks import member_check_replies


@task
def refresh_member_checks():
    """Sweep: renew the reply figures."""
    member_check_replies.refresh_replies()

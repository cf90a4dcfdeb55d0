"""Sweep: delete expired sessions, rate-limit rows and role requests."""

from django.tasks import task

from cms.accounts import actions, sessions
from cms.security import limits


@task
def forget_expired() -> None:
    sessions.forget_expired()
    limits.forget_expired()
    actions.lapse_requests()

"""Sweep: the digest of planners who asked for it."""

from django.tasks import task

from cms.staff.planner_digest import actions


@task
def send_due_digests():
    actions.send_due_digests()

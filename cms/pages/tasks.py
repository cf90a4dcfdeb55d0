"""Sweep: publish and expire pages on schedule."""

from django.tasks import task

from cms.pages.scheduled import move_due


@task
def publish_scheduled():
    move_due()

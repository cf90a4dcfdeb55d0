"""Sweep: publish and expire pages on schedule."""

from django.tasks import task

from cms.site.pages.scheduled_publishing import publish_and_expire_due


@task
def publish_scheduled():
    publish_and_expire_due()

"""The sweep that screens what groups sent; cms.operations.scheduler.sweep_schedule says how often."""

from django.tasks import task

from insights.commitments import actions


@task
def screen_sent_offers():
    actions.screen_sent_offers()

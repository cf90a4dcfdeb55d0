"""The sweep that passes on what absent leads have."""

from django.tasks import task

from consultation.safeguarding.leave import actions


@task
def hand_over_absent_leads():
    actions.hand_over_absent_leads()

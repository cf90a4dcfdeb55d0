"""The draw of the sample; the scheduler says how often it checks whether a week is over."""

from django.tasks import task

from consultation.safeguarding.case_sample import actions


@task
def draw_dismissed_cases():
    actions.draw_dismissed_cases()

"""The monthly draw; cms.worker.schedule says how often it looks whether a month is over."""

from django.tasks import task

from consultation.reading.second_look import actions


@task
def draw_month():
    actions.draw()

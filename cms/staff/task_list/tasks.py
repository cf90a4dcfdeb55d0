"""Sweep: reminders of answers that are due."""

from django.tasks import task

from cms.staff.task_list import actions


@task
def send_answer_reminders():
    actions.remind_of_due_answers()

"""Sweep of the coding desk."""

from django.tasks import task

from insights.coding.desk import desk_arrangement


@task
def arrange_desk():
    """Sweep: place texts in the desk line."""
    return desk_arrangement.arrange_desk()

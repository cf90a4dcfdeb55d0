"""Sweep of the coding desk."""

from django.tasks import task


@task
def arrange_desk():
    """Sweep: place texts in the desk line."""
    from insights.coding.desk.desk_arrangement import arrange_desk as sweep

    return sweep()

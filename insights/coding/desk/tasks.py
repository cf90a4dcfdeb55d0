"""Sweep of the coding desk."""

from django.tasks import task


@task
def arrange():
    """Sweep: place texts in the desk line."""
    from insights.coding.desk.arranging import arrange as sweep

    return sweep()

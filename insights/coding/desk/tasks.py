from django.tasks import task


@task
def arrange():
    """Sweep: like stands by like on the coding desk."""
    from insights.coding.desk.arranging import arrange as sweep

    return sweep()

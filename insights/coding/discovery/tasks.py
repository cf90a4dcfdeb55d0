from django.tasks import task


@task
def look_for_missing():
    """Sweep: looks that people asked for or that are due, and new answers to their suggestions. The encoder loads here."""
    from insights.coding.discovery.working import sweep

    return sweep()

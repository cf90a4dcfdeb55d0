from django.tasks import task


@task
def measure_agreement():
    """Sweep: figures of each double coding that has ended. What counts loads in the worker."""
    from insights.coding.agreement.actions import measure_ended

    return measure_ended()

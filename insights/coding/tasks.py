from django.tasks import task


@task
def propose_codes():
    """Sweep: proposals for texts that no machine has read with today's codebook. The model loads in the worker."""
    from insights.coding.actions import propose_codes as sweep

    return sweep()

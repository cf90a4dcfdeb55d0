from django.tasks import task


@task
def fit_due():
    """Sweep: a new model where enough more was coded, where words were taken back, or where a person asked."""
    from insights.coding.learning.actions import fit_due as sweep

    return sweep()

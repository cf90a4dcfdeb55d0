from django.tasks import task


@task
def recode_late():
    """Sweep: codes saved in the moment in which a version of their codebook was approved."""
    from insights.coding.codebooks.recoding import recode_late as sweep

    return sweep()

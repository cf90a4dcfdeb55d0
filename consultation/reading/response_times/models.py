"""How soon answers were read for the first time, as counts of a quarter."""

from django.db import models


class FirstReadTally(models.Model):
    """How many answers that came in one quarter were read after so many steps. Counts alone: a time kept with an answer
    would tell when it came."""

    quarter = models.DateField()  # its first day
    priority = models.CharField(max_length=2, blank=True)  # of the flag; empty without one
    steps = models.PositiveSmallIntegerField()  # what a step is: `actions.count_steps`
    late = models.BooleanField()
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "priority", "steps", "late"], name="first_reads_are_counted_in_one_row"
            )
        ]

    def __str__(self):
        return f"first reads of {self.quarter}"

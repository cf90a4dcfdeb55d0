"""The sweep of what is known of who answered: representation pictures, links and codes.

cms.operations.scheduler.sweep_schedule sets its interval.
"""

from django.tasks import task
from django.utils import timezone

from insights.representation import actions
from insights.representation.link_and_code_counts import refresh_code_counts


@task
def refresh_reach():
    actions.refresh_representation()
    refresh_code_counts(timezone.localdate())

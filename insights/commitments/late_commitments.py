"""Adds the public commitments past their day to the promises that every page counts as late."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from insights.commitments.models import Commitment
from insights.decisions.unanswered.unanswered_themes import OverduePromise, overdue_promises_asked


@receiver(overdue_promises_asked, dispatch_uid="insights-late-commitments")
def list_late_commitments(sender: Any, today: date, **_: Any) -> list[OverduePromise]:
    return [
        OverduePromise(one.name, one.get_absolute_url(), one.what.rstrip("."), one.due, one.get_kind_display())
        for one in Commitment.objects.prefetch_related("notes").list_late(today)
    ]

"""Adds our answers past their day to the promises that every page counts as late."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from consultation import handover
from insights.decisions.unanswered.unanswered_themes import OverduePromise, overdue_promises_asked
from insights.publications.answer_clock_lookup import answer_clocks_of


@receiver(overdue_promises_asked, dispatch_uid="insights-overdue-answers")
def list_overdue_answers(sender: Any, today: date, **_: Any) -> list[OverduePromise]:
    pages = {page.pk: page for page in handover.list_consultations()}
    return [
        _build_promise(pages[pk], clock.due)
        for pk, clock in answer_clocks_of(pages.values(), today).items()
        if clock.late and not clock.is_answered
    ]


def _build_promise(page: Any, due: date) -> OverduePromise:
    url = reverse("insights:consultation", args=[page.slug])
    return OverduePromise(
        page.title, url, "Our answer to everyone who took part", due, page.decision_role or "Nobody named"
    )

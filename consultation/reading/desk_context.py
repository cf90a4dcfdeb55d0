"""Template context shared by every page of the reading desk."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from consultation.reading import batch_decisions, reading_queue
from consultation.responses.models import AnswerState
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.lead_access import list_warnings

KEYS_OFF = "desk_keys_off"
UNDOABLE_STATES = (AnswerState.CLEARED, AnswerState.AWAITING_COLLEAGUE, AnswerState.NOT_USED)


def build_desk_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Gives no counts of waiting or finished answers, which would hurry readers."""
    now = timezone.now()
    since = now - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    mine = reading_queue.readings_decided_by(request.user).filter(decided_at__gt=since)
    may_undo = Q(answer__state__in=UNDOABLE_STATES) | reading_queue.can_be_taken_back(since)
    last = mine.filter(may_undo, together__isnull=True).order_by("-decided_at").first()
    return {
        "colleague_waits": reading_queue.has_awaiting_colleague(request.user),
        "last": last,
        "last_together": next(batch_decisions.list_undoable_batches(request.user, now), None),
        "keys_off": request.session.get(KEYS_OFF, False),
        "idle_minutes": settings.IDLE_MINUTES_RAW,
        "now": now,
        "warnings": list_warnings(),
        "out_of_hours": lead_rota.describe_out_of_hours(now),
        **more,
    }

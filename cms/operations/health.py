"""Liveness and readiness for monitors and load balancers: no cookie, no personal data."""

from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.operations.pending_migrations import count_pending_migrations
from cms.operations.scheduler.heartbeats import DEAD_AFTER, worker_age_seconds
from cms.operations.scheduler.screening_watch import explain_stillness, screening_age_seconds
from consultation.responses.models import Answer


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """503 if the database is down, migrations are pending, no worker is alive, or screening stands still."""
    try:
        state = {
            "database": True,
            "migrations_pending": count_pending_migrations(),
            "worker_seconds": worker_age_seconds(),
            "screening_seconds": screening_age_seconds(),
        }
        screens = not explain_stillness()
        state["oldest_unread_days"] = oldest_unread_days()
    except DatabaseError:
        state, screens = {"database": False}, False
    alive = state.get("worker_seconds") is not None and state["worker_seconds"] < DEAD_AFTER.total_seconds()
    ready = state["database"] and not state["migrations_pending"] and alive and screens
    return JsonResponse({"ready": bool(ready), **state}, status=200 if ready else 503)


def oldest_unread_days():
    """Whole days; 0 if nothing is unread or all of it came today, so that nobody can watch an answer arrive."""
    day = Answer.objects.unread().aggregate(first=Min("response__day"))["first"]
    return 0 if day is None else (timezone.localdate() - day).days

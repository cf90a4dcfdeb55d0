"""Liveness and readiness for monitors and load balancers: no cookie, no personal data."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.operations.scheduler.models import Heartbeat
from cms.operations.scheduler.sweep_queue import DEAD_AFTER
from consultation.responses.models import Answer


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """503 if the database is down, migrations are pending, or no worker is alive."""
    try:
        state = {
            "database": True,
            "migrations_pending": count_pending_migrations(),
            "worker_seconds": worker_age_seconds(),
        }
        state["oldest_unread_days"] = oldest_unread_days()
    except DatabaseError:
        state = {"database": False}
    alive = state.get("worker_seconds") is not None and state["worker_seconds"] < DEAD_AFTER.total_seconds()
    ready = state["database"] and not state["migrations_pending"] and alive
    return JsonResponse({"ready": bool(ready), **state}, status=200 if ready else 503)


def count_pending_migrations():
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker_age_seconds():
    """Seconds since the last heartbeat of any worker; None if there was never one."""
    seen = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return None if seen is None else int((timezone.now() - seen).total_seconds())


def oldest_unread_days():
    """Whole days; 0 if nothing is unread or all of it came today, so that nobody can watch an answer arrive."""
    day = Answer.objects.unread().aggregate(first=Min("response__day"))["first"]
    return 0 if day is None else (timezone.localdate() - day).days

"""Health pages for load balancers and monitors: no cookie, no personal data.

`/livez` and `/healthz` say that this process answers, and ask nothing else: a load balancer must not take every web
process away because a worker died or the database is down, for then even the help pages would be gone. `/readyz` is for
alarms: it runs every readiness check that is declared with `alarm=True`.
"""

from collections.abc import Callable

from django.core.signing import BadSignature, TimestampSigner
from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation.readiness import list_readiness_checks
from consultation.responses.models import Answer

PROBE_HEADER, PROBE_SECONDS = "X-Doctor", 60
ADDRESS_HEADERS = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP")
probe_signer = TimestampSigner(salt="doctor's probe")


@require_safe
@never_cache
def show_liveness(request: HttpRequest) -> HttpResponse:
    try:
        probe_signer.unsign(request.headers.get(PROBE_HEADER, ""), max_age=PROBE_SECONDS)
    except BadSignature:
        return HttpResponse("ok", content_type="text/plain")
    return JsonResponse(_describe_proxy(request))


def _describe_proxy(request: HttpRequest) -> dict:
    """What the proxy hands on, told to `manage.py doctor` alone, which signs its request."""
    given = [name for name in ADDRESS_HEADERS if request.headers.get(name)]
    return {
        "secure": request.is_secure(),
        "host": request.META.get("HTTP_HOST", ""),
        "addresses": given,
        "counted": bool(request.headers.get("X-Counted")),
    }


@require_safe
@never_cache
def show_readiness(request: HttpRequest) -> HttpResponse:
    """503 if the database is down or any alarm is not in order; each alarm by its key, without words or times."""
    try:
        state = {"database": True, "oldest_unread_days": oldest_unread_days()}
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    alarms = {check.key: check.run_safely().ok for check in list_readiness_checks() if check.alarm}
    ready = all(alarms.values())
    return JsonResponse({"ready": ready, **state, **alarms}, status=200 if ready else 503)


def oldest_unread_days() -> int:
    """Whole days; 0 if nothing is unread or all of it came today, so that nobody can watch an answer arrive."""
    day = Answer.objects.unread().aggregate(first=Min("response__day"))["first"]
    return 0 if day is None else (timezone.localdate() - day).days


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/livez": show_liveness,
    "/healthz": show_liveness,
    "/readyz": show_readiness,
}


class HealthMiddleware:
    """Answers probes before any other middleware: a load balancer asks over plain HTTP and by address, with a Host that is
    not in ALLOWED_HOSTS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)

"""The staff site lives on a host name of its own (G2), so that no cookie of staff ever meets a public page."""

from contextvars import ContextVar

from django.conf import settings
from django.http import Http404, HttpResponseRedirect

STAFF = ("/staff/", "/insights/", "/accounts/", "/documents/")
# What a preview on the staff host needs stands here too: the look of the pages, and the files that they show.
SHARED = ("/static/", "/media/", "/look/", "/api/", "/healthz", "/readyz")


def is_staff_path(path):
    return path.startswith(STAFF)


def _name(host):
    """Of a host, however it is written: `STAFF.example.org.:443` is the same machine to whoever types it."""
    return host.lower().partition(":")[0].rstrip(".")


# Wagtail draws a preview by asking for the page from inside a staff request: that is no visit from outside.
_inside: ContextVar[bool] = ContextVar("inside a staff request", default=False)


class StaffHostMiddleware:
    """With STAFF_HOST set: staff paths are not found elsewhere, and that host sends public paths to SITE_URL."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.STAFF_HOST or request.path_info.startswith(SHARED) or _inside.get():
            return self.get_response(request)
        here = _name(request.get_host()) == _name(settings.STAFF_HOST)
        if is_staff_path(request.path_info):
            return self._for_staff(request, here)
        return self._elsewhere(request) if here else self.get_response(request)

    def _for_staff(self, request, here):
        if not here:
            raise Http404
        token = _inside.set(True)
        try:
            return self.get_response(request)
        finally:
            _inside.reset(token)

    def _elsewhere(self, request):
        if request.path_info == "/":
            return HttpResponseRedirect("/accounts/start/")
        return HttpResponseRedirect(settings.SITE_URL.rstrip("/") + request.get_full_path())

"""A separate host name for staff (G2), so that staff cookies never reach public pages."""

from contextvars import ContextVar

from django.conf import settings
from django.http import Http404, HttpResponseRedirect

STAFF = ("/staff/", "/insights/", "/accounts/", "/documents/")
# Served on both hosts; previews on the staff host need the styles and media.
SHARED = ("/static/", "/media/", "/look/", "/api/")


def _normalise_host(host):
    """Host name without port, case and trailing dot."""
    return host.lower().partition(":")[0].rstrip(".")


# Wagtail renders a preview with an inner request to a public path, which must not be redirected.
_inside: ContextVar[bool] = ContextVar("inside a staff request", default=False)


class StaffHostMiddleware:
    """With STAFF_HOST set, staff paths answer 404 elsewhere, and the staff host redirects public paths to SITE_URL."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.STAFF_HOST or request.path_info.startswith(SHARED) or _inside.get():
            return self.get_response(request)
        here = _normalise_host(request.get_host()) == _normalise_host(settings.STAFF_HOST)
        if request.path_info.startswith(STAFF):
            return self._serve_staff_path(request, here)
        return self._redirect_public_path(request) if here else self.get_response(request)

    def _serve_staff_path(self, request, here):
        if not here:
            raise Http404
        token = _inside.set(True)
        try:
            return self.get_response(request)
        finally:
            _inside.reset(token)

    def _redirect_public_path(self, request):
        if request.path_info == "/":
            return HttpResponseRedirect("/accounts/start/")
        return HttpResponseRedirect(settings.SITE_URL.rstrip("/") + request.get_full_path())

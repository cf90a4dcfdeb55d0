"""The staff site lives on a host name of its own (G2), so that no cookie of staff ever meets a public page."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect

STAFF = ("/staff/", "/insights/", "/accounts/", "/documents/")
SHARED = ("/static/", "/media/", "/api/", "/healthz", "/readyz")


def is_staff_path(path):
    return path.startswith(STAFF)


class StaffHostMiddleware:
    """With STAFF_HOST set: staff paths are not found elsewhere, and that host sends public paths to SITE_URL."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if settings.STAFF_HOST and not path.startswith(SHARED):
            here = request.get_host().partition(":")[0] == settings.STAFF_HOST.partition(":")[0]
            if is_staff_path(path) and not here:
                raise Http404
            if here and path == "/":
                return HttpResponseRedirect("/accounts/start/")
            if here and not is_staff_path(path):
                return HttpResponseRedirect(settings.SITE_URL.rstrip("/") + request.get_full_path())
        return self.get_response(request)

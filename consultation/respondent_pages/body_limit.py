"""Refusal of large requests before they are read. The proxy of deploy_files does the same; this holds behind any other."""

from consultation.respondent_pages.error_pages import build_error_page

MAX_BODY_BYTES = 1024 * 1024
# Staff's files, within limits of the proxy and of each form. Nobody gets there without signing in.
LARGER = ("/staff/", "/insights/")


class BodyLimitMiddleware:
    """A body without a length (chunked) is not read either: the server hands Django an empty one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        too_long = not length.isdecimal() or int(length) > MAX_BODY_BYTES
        if too_long and not request.path_info.startswith(LARGER):
            return build_error_page(request, body="error.broken", status=413)
        return self.get_response(request)

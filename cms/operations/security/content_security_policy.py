"""The content security policy of staff pages, and what else their headers forbid. Respondent pages have their own
middleware for it."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP

from cms.operations.security.staff_host import STAFF

# Wagtail's admin needs framed previews, blob images and inline styles, but no inline script and no eval
# (tests/journeys/test_admin_policy.py).
WAGTAIL = settings.SECURE_CSP | {
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
STRICT_STAFF_PATHS = (
    "/staff/reading/",
    "/staff/safeguarding/",
    "/staff/hours/",
    "/staff/help-numbers/",
    "/staff/consultations/",
    "/staff/start/",
    "/staff/closing/",
    "/staff/validation/",
    "/staff/editor/",
    "/staff/dates/",
    "/staff/readers/",
    "/staff/notifications/",
    "/staff/leave/",
    "/staff/figures/",
    "/staff/promotion/",
    "/staff/campaigns/",
    "/staff/audit/",
    "/staff/retention/",
    "/staff/people/",
    "/staff/launch/",
    "/staff/running/",
    "/staff/task-list/",
    "/staff/guides/",
    "/staff/invitation-codes/",
    "/staff/tablets/",
    "/staff/copied-texts/",
    "/staff/short-links/",
    "/staff/sessions/",
    "/staff/allow-list/",
    "/staff/imports/",
    "/staff/hear-by-right/",
    "/staff/panel/",
    "/staff/languages/",
    "/staff/translations/",
    "/staff/paper/",
    "/staff/exchange/",
)
# Passkeys and "copy" stay: staff sign in with the ones, and Wagtail's editor has the other.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


class StaffPolicyMiddleware:
    """Gives Wagtail's admin pages the WAGTAIL policy; all others keep SECURE_CSP, the strict one. No page may ask a device
    where it is, or for anything else that it has; no other site may show what is here as its own; and none of staff is
    kept by a browser or proxy that it does not say so itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        path = request.path_info
        if path.startswith(STAFF) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        if path.startswith("/staff/") and not path.startswith(STRICT_STAFF_PATHS):
            response._csp_config = WAGTAIL
        return response

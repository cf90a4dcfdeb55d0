"""Error pages (400, 403, 404, 410, 500) for respondents. A 500 logs its classes, places in the code, view and day (A6),
under a number by chance that staff read on their page: so whoever runs the server finds the line.
"""

import logging
import secrets
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views import defaults

from consultation.domain.failure_trace import trace_without_values
from consultation.respondent_pages.public_context import render_public_page

logger = logging.getLogger("voice.errors")


def build_error_page(request, *, body, status):
    """A short page in plain words. `body` is the key of an interface text."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {"body_key": body, "language": language, "may_be_indexed": False, "page_path": f"/{language}/"}
    return render_public_page(request, "consultation/respondent_pages/error.html", context, status=status)


def _is_respondent_request(request):
    return getattr(request, "for_respondents", False)


def show_bad_request(request, exception=None):
    if not _is_respondent_request(request):
        return defaults.bad_request(request, exception)
    return build_error_page(request, body="error.missing", status=400)


def show_forbidden(request, exception=None):
    if not _is_respondent_request(request):
        return defaults.permission_denied(request, exception)
    return build_error_page(request, body="error.missing", status=403)


def show_not_found(request, exception=None):
    if not _is_respondent_request(request):
        return defaults.page_not_found(request, exception)
    language, _, rest = request.path_info.lstrip("/").partition("/")
    source = settings.LANGUAGE_CODE
    # A page that this language lacks is shown in the source language, as its survey's questions are.
    if language in dict(settings.LANGUAGES) and language != source and _exists_at_address(rest, source, live=True):
        return HttpResponseRedirect(f"/{source}/{quote(rest)}?{request.META['QUERY_STRING']}".rstrip("?"))
    # A page that officers unpublished, not a mistyped address.
    if _exists_at_address(rest, language, live=False, first_published_at__isnull=False):
        return build_error_page(request, body="error.gone", status=410)
    return build_error_page(request, body="error.missing", status=404)


def _exists_at_address(rest, language, **state):
    """Whether a page of this language and state is at `rest`, the address after its language."""
    from wagtail.models import Page

    if not rest.endswith("/") or "\0" in rest:  # which PostgreSQL takes in no comparison
        return False
    pages = Page.objects.filter(locale__language_code=language, url_path__endswith=f"/{rest}", **state)
    # "/home-ur/have-your-say/": the root page of a language, then the address under it.
    return any(path.split("/", 2)[2] == rest for path in pages.values_list("url_path", flat=True))


def log_failure(error, view_name):
    """Log all that a log may hold of a failure (A6); the log's own format adds the day. Returns the line's number."""
    number = secrets.token_hex(4)
    logger.error("failure %s in %s: %s", number, view_name, trace_without_values(error))
    return number


def show_server_error(request):
    error, number = sys.exc_info()[1], ""
    if error is not None:
        match = getattr(request, "resolver_match", None)
        number = log_failure(error, (match.view_name or match._func_path) if match else "no view")
    if not _is_respondent_request(request):
        return HttpResponseServerError(render_to_string("500.html", {"number": number}))
    away = isinstance(error, (OperationalError, InterfaceError))
    return build_error_page(request, body="error.broken", status=503 if away else 500)


def hand_back_form(request):
    """All that a person has typed, on a page of its own that sends it again: for when their form cannot be drawn."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"typed": typed, "path": request.path, "language": get_language(), "may_be_indexed": False}
    return render_public_page(request, "consultation/respondent_pages/handed_back.html", context, status=503)

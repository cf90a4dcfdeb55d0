"""Error pages (400, 403, 404, 410, 500) for respondents. A 500 logs only its class, its view and the day (A6)."""

import logging
import sys

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views import defaults

from consultation.respondents.context import public
from consultation.respondents.documents import page

logger = logging.getLogger("voice.errors")


def quiet_page(request, *, title, body, status):
    """A short page in plain words. `title` and `body` are keys of interface texts."""
    context = {**public(request), "title_key": title, "body_key": body, "language": get_language()}
    context["may_be_indexed"] = False
    return page(request, render_to_string("consultation/answering/quiet.html", context), status=status)


def _for_respondents(request):
    return getattr(request, "for_respondents", False)


def bad_request(request, exception=None):
    if not _for_respondents(request):
        return defaults.bad_request(request, exception)
    return quiet_page(request, title="error.title", body="error.missing", status=400)


def refused(request, exception=None):
    if not _for_respondents(request):
        return defaults.permission_denied(request, exception)
    return quiet_page(request, title="error.title", body="error.missing", status=403)


def not_found(request, exception=None):
    if not _for_respondents(request):
        return defaults.page_not_found(request, exception)
    if _was_here(request):
        return quiet_page(request, title="error.title", body="error.gone", status=410)
    return quiet_page(request, title="error.title", body="error.missing", status=404)


def _was_here(request):
    """Whether officers unpublished a page at this address: a 410, not a mistyped 404."""
    from wagtail.models import Page

    language, _, rest = request.path_info.lstrip("/").partition("/")
    if not rest.endswith("/"):
        return False
    pages = Page.objects.filter(
        live=False, first_published_at__isnull=False, locale__language_code=language, url_path__endswith=f"/{rest}"
    )
    # "/home-ur/have-your-say/": the root page of a language, then the address under it.
    return any(path.split("/", 2)[2] == rest for path in pages.values_list("url_path", flat=True))


def note(error_class, view_name):
    """Log all that a log may hold of a failure (A6); the log's own format adds the day."""
    logger.error("%s in %s", error_class.__name__, view_name)


def view_name(request):
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match._func_path) if match else "no view"


def broken(request):
    error_class = sys.exc_info()[0]
    if error_class is not None:
        note(error_class, view_name(request))
    if not _for_respondents(request):
        return defaults.server_error(request)
    return quiet_page(request, title="error.title", body="error.broken", status=500)

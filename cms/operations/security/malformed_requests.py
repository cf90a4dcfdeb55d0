"""Requests that no page of ours leads to, at which views of others would fall over: "not found" for an id that no row can
have, and for the root of all pages where only a page below it can be meant; "bad request" for a NUL in a query, and for
a form of Wagtail's that came without its fields or with a broken rich text."""

from itertools import chain
from json import JSONDecodeError
from traceback import walk_tb
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request
from wagtail.models import Page, Revision

LARGEST = 2**63 - 1  # of a column of whole numbers
MOST_DIGITS = 18
NEED_A_PARENT = {f"wagtailadmin_pages:{name}" for name in ("move_confirm", "set_page_position", "lock", "unlock")}


class MalformedRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in a query")  # which PostgreSQL takes in no comparison
        match = request.resolver_match
        bad_id = any(map(is_malformed_id, chain(args, kwargs.values())))
        if bad_id or _is_no_choice(match, kwargs) or _is_no_revision(match, kwargs) or _is_root(match, args, kwargs):
            raise Http404

    def process_exception(self, request, exception):
        match = request.resolver_match
        if request.method != "POST" or not match or not match.view_name.startswith("wagtail"):
            return None
        lacks_fields = isinstance(exception, AttributeError) and "choose" in match.view_name
        broken = isinstance(exception, MultiValueDictKeyError | JSONDecodeError)
        return bad_request(request, exception) if broken or lacks_fields or _is_of_rich_text(exception) else None


def _is_of_rich_text(exception: Exception) -> bool:
    """Whether it was raised where Wagtail reads rich text: of JSON of another shape it says nothing else."""
    frames = walk_tb(exception.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith("wagtail.admin.rich_text") for frame, _ in frames)


def is_malformed_id(value: Any) -> bool:
    if isinstance(value, int):
        return value > LARGEST
    return isinstance(value, str) and ("\0" in value or (value.isdecimal() and len(value) > MOST_DIGITS))


def _is_no_choice(match: Any, kwargs: dict[str, Any]) -> bool:
    """Wagtail's choosers look for whatever stands in the address; all that is chosen here has a number."""
    value = str(kwargs.get("pk", "0"))
    return match.url_name == "chosen" and not (value.isascii() and value.isdecimal())


def _is_no_revision(match: Any, kwargs: dict[str, Any]) -> bool:
    """Wagtail's page that goes back to a revision falls over when there is none."""
    goes_back = match.view_name == "wagtailadmin_pages:revisions_revert"
    return goes_back and not Revision.objects.filter(pk=kwargs["revision_id"]).exists()


def _is_root(match: Any, args: Any, kwargs: dict[str, Any]) -> bool:
    key = next(iter([*args, *kwargs.values()]), None)
    return match.view_name in NEED_A_PARENT and Page.objects.filter(pk=key, depth=1).exists()

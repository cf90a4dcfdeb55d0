"""What the templates of all public pages are given, by a context processor and by `render_public_page`."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from consultation.branding.current_branding import get_branding
from consultation.interface_text import LANGUAGES, get_language_coverage, text_direction
from consultation.interface_text.own_translations import say_partnership_name
from consultation.respondent_pages.language_picker import parse_switches
from consultation.respondent_pages.live_status import is_site_live
from consultation.respondent_pages.precompressed_pages import build_page_response
from consultation.respondent_pages.robots_policy import may_be_indexed


def render_public_page(request, template, context, *, status=200):
    """A page for respondents, rendered for a single visit."""
    html = render_to_string(template, build_public_context(request) | context)
    return build_page_response(request, html, status=status)


def build_public_context(request) -> dict:
    language = get_language() or settings.LANGUAGE_CODE
    look = get_branding()
    path, query = (request.path_info, request.META.get("QUERY_STRING", "")) if request else ("", "")
    is_read = getattr(request, "for_respondents", False) and request.method in ("GET", "HEAD")
    return {
        "may_be_indexed": may_be_indexed(path, query) and not getattr(request, "keep_out", False),
        "canonical": settings.SITE_URL.rstrip("/") + path,
        "site_address": settings.SITE_URL.rstrip("/"),
        "page_path": path if is_read else "",
        "switches": _find_switches(request) if request else (),
        "exit_url": settings.EXIT_URL,
        "logo": look.logo,
        "direction": text_direction(language),
        "languages": LANGUAGES,
        "coverage": get_language_coverage(language),
        "home_path": f"/{language}/",
        "not_live": not is_site_live(),
        "district": getattr(settings, "DISTRICT", ""),
        "partnership": say_partnership_name(),
    }


def _find_switches(request) -> tuple[str, ...]:
    """Those in the address of a respondents' page, or in the form that its view has read: the page of an error reads no
    body, which may be what is wrong."""
    if not getattr(request, "for_respondents", False):
        return ()
    if request.method in ("GET", "HEAD"):
        return parse_switches(request.GET)
    return parse_switches(request.POST) if hasattr(request, "_post") else ()

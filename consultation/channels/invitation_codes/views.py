"""The page where a person types an invitation code. Its response is the survey, whose token holds the code's digest:
the code is in no address, log or browser history."""

from django.http import Http404
from django.utils.translation import get_language

from consultation.channels.invitation_codes.actions import find_invitation_code
from consultation.channels.web import form_tokens, published_versions
from consultation.channels.web.not_open_page import show_not_open_page
from consultation.channels.web.survey_rendering import empty_survey_document
from consultation.interface_text import get_text
from consultation.respondent_pages.code_spelling import parse_typed_code
from consultation.respondent_pages.language_picker import parse_switches
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view

code_tries = RateLimit(times=10)


@respondent_view
def enter_invitation_code(request, slug):
    version = published_versions.find_current_version(slug)
    if version is None:
        raise Http404
    if not version.page.is_open():
        return show_not_open_page(request, version.page)
    return _check_typed_code(request, version) if request.method == "POST" else _render_code_page(request, version)


def _check_typed_code(request, version):
    """Against guessing, an unknown code counts as a try; a typing error that the check sign finds does not."""
    if code_tries.is_limit_reached(request):
        return _render_code_page(request, version, get_text("error.words.wait"), status=429)
    code = parse_typed_code(request.POST.get("code", ""))
    entered = find_invitation_code(version.page, code) if code else None
    if entered is None:
        if code:
            code_tries.add(request)
        return _render_code_page(request, version, get_text("error.code"), status=422)
    if entered.used:
        return _render_code_page(request, version, get_text("error.code.full"), status=422)
    document = empty_survey_document(
        version, get_language(), without_texts=version.page.free_text_closed, switches=parse_switches(request.POST)
    )
    return document.with_value(
        request, form_tokens.issue_form_token(version.pk, way=form_tokens.FormReferral(code=entered.digest))
    )


def _render_code_page(request, version, problem="", status=200):
    """A card bypasses the landing page, so this page also shows what must be said first (D1)."""
    language = get_language()
    context = {
        "language": language,
        "problem": problem,
        "page_path": request.path_info,  # only a code that opened nothing is lost by another language
        "typed": request.POST.get("code", "")[:40] if problem else "",
        "code_only": version.page.code_only,
        "slug": version.page.slug,
        "switches_form": "card",
        "source": version.page,
        "asks_young": version.page.asks_under_13s,
    }
    return render_public_page(request, "consultation/channels/invitation_codes/enter.html", context, status=status)

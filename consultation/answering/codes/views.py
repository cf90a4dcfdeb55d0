"""The page where a person types an invitation code. Its response is the survey, whose token holds the code's digest:
the code is in no address, log or browser history."""

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from consultation.answering import published, tokens
from consultation.answering.closed import closed_page
from consultation.answering.codes.actions import look_up
from consultation.answering.codes.spelling import spelled
from consultation.answering.rendering import survey_document
from consultation.questionnaires.landing import asks_young
from consultation.respondents.context import public
from consultation.respondents.documents import page as quick_page
from consultation.respondents.limits import Limit
from consultation.respondents.origin import respondent_view
from consultation.respondents.switches import switches_in
from consultation.words import word

tries = Limit(times=10)


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, slug):
    version = published.current(slug)
    if version is None:
        raise Http404
    if not version.page.is_open():
        return closed_page(request, version.page)
    return _entered(request, version) if request.method == "POST" else _ask(request, version)


def _entered(request, version):
    """Against guessing, an unknown code counts as a try; a typing error that the check sign finds does not."""
    if tries.reached(request):
        return _ask(request, version, word("error.words.wait"), status=429)
    code = spelled(request.POST.get("code", ""))
    entered = look_up(version.page, code) if code else None
    if entered is None:
        if code:
            tries.add(request)
        return _ask(request, version, word("error.code"), status=422)
    if entered.used:
        return _ask(request, version, word("error.code.full"), status=422)
    return _survey(request, version, entered)


def _survey(request, version, entered):
    document = survey_document(
        version, get_language(), without_texts=version.page.free_text_closed, switches=switches_in(request.POST)
    )
    return document.with_value(request, tokens.issue(version.pk, way=tokens.Way(code=entered.digest)))


def _ask(request, version, problem="", status=200):
    """A card bypasses the landing page, so this page also shows what must be said first (D1)."""
    language = get_language()
    context = {
        **public(request),
        "language": language,
        "problem": problem,
        "typed": request.POST.get("code", "")[:40] if problem else "",
        "code_only": version.page.code_only,
        "slug": version.page.slug,
        "easy": "easy" in request.POST,
        "source": version.page,
        "asks_young": asks_young(version.page),
    }
    return quick_page(request, render_to_string("consultation/answering/codes/enter.html", context), status=status)

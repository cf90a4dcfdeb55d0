"""The public member check page ("did we hear you right?") and its preview for officers; no cookie, no free text."""

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation.questionnaires.models import ConsultationPage
from consultation.receipts.heard.actions import is_asked
from consultation.receipts.heard.views import poll, reply
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view
from insights.checks.models import Check
from insights.checks.replies import shown_to_all
from insights.results.showing import words_in
from insights.results.wording import MAY


def _begun(slug, pk):
    """(check, source page) of an open or finished check whose consultation is live; otherwise 404."""
    check = Check.objects.begun_by(timezone.localdate()).filter(pk=pk).first()
    live = ConsultationPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).defer("body")
    source = check and live.filter(pk=check.consultation_id, slug=slug).first()
    if source is None:
        raise Http404
    return check, source


def context_of(check, source, language, *, preview=False):
    own = words_in(check, language, preview=preview)
    said = own if own.get("summary") else check.words.get(settings.LANGUAGE_CODE, {})
    return {
        "said": said,
        "in_english": language != settings.LANGUAGE_CODE and said is not own,
        "source": source,
        "here": f"have-your-say/{source.slug}/right/{check.pk}/",
    }


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug, pk):
    found, source = _begun(slug, pk)
    context = {**public(request), **context_of(found, source, get_language())}
    is_open, problem, taken = found.is_open(timezone.localdate()) and is_asked(source), "", False
    if request.method == "POST" and is_open:
        problem = reply(request, source, found.about)
        taken = not problem
    context |= {"problem": problem, "taken": taken, "closed": not is_open}
    context |= {"poll": poll(source, found.about)} if is_open and not taken else {"shown": shown_to_all(found)}
    return page(request, render_to_string("cms/pages/check.html", context), status=422 if problem else 200)


@never_cache
@login_required
@permission_required(MAY, raise_exception=True)
@require_safe
def preview(request, pk, language):
    """The page before a second person publishes it, or before its translation is checked."""
    found = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        context = context_of(found, found.consultation, language, preview=True) | {"draft": found}
        html = render_to_string("cms/pages/check.html", {**public(request), **context})
    return HttpResponse(html)

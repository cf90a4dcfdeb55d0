"""The public member check page ("did we hear you right?") and its preview for officers; no cookie, no free text."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, override

from consultation.access import staff_view
from consultation.receipts.heard_back.actions import is_poll_open
from consultation.receipts.heard_back.views import build_poll_context, save_poll_reply
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.models import ConsultationPage
from insights.publications.member_checks.member_check_replies import public_reply_figure
from insights.publications.member_checks.models import Check
from insights.publishing.lifecycle import PUBLISH_PERMISSION


def _get_started_check(slug, pk):
    """(check, source page) of an open or finished check whose consultation is live; otherwise 404."""
    check = Check.objects.begun_by(timezone.localdate()).filter(pk=pk).first()
    live = ConsultationPage.objects.live().sources().defer("body")
    source = check and live.filter(pk=check.consultation_id, slug=slug).first()
    if source is None:
        raise Http404
    return check, source


def build_member_check_context(check, source, language, *, preview=False):
    own = check.words_in(language, preview=preview)
    said = own if own.get("summary") else check.english
    return {
        "said": said,
        "in_english": language != settings.LANGUAGE_CODE and said is not own,
        "source": source,
        "here": f"have-your-say/{source.slug}/right/{check.pk}/",
    }


@respondent_view
def show_member_check(request, slug, pk):
    found, source = _get_started_check(slug, pk)
    context = build_member_check_context(found, source, get_language())
    is_open, problem, taken = found.is_open(timezone.localdate()) and is_poll_open(source), "", False
    if request.method == "POST" and is_open:
        problem = save_poll_reply(request, source, found.about)
        taken = not problem
    context |= {"problem": problem, "taken": taken, "closed": not is_open, "page_path": request.path_info}
    context |= (
        {"poll": build_poll_context(source, found.about)}
        if is_open and not taken
        else {"shown": public_reply_figure(found)}
    )
    return render_public_page(request, "cms/site/pages/check.html", context, status=422 if problem else 200)


@staff_view(PUBLISH_PERMISSION, method="GET")
def preview_member_check(request, pk, language):
    """The page before a second person publishes it, or before its translation is checked."""
    found = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        context = build_member_check_context(found, found.consultation, language, preview=True)
        return render_public_page(request, "cms/site/pages/check.html", {**context, "draft": found})

"""Polls: the form on a page and the POST that saves one choice, without script, cookie or name."""

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from consultation.questionnaires.aftermath import became_of
from consultation.questionnaires.models import ConsultationPage
from consultation.receipts.heard import actions
from consultation.receipts.heard.models import HeardBack
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.limits import Limit
from consultation.respondents.origin import respondent_view

flood = Limit(settings.FLOOD_TIMES)  # as for a survey: a school sits behind one address
CHOICES = (
    (HeardBack.YES, "outcome.yes"),
    (HeardBack.PARTLY, "heard.partly"),
    (HeardBack.NO, "outcome.no"),
    (HeardBack.NOT_SURE, "q.dontknow"),
)


def poll(consultation, about=""):
    """Context of the form (components/heard_back.html); None once a reply could no longer be counted."""
    if not actions.is_asked(consultation):
        return None
    return {"slug": consultation.slug, "token": actions.token(consultation, about), "choices": CHOICES}


def reply(request, consultation, about=""):
    """Save the submitted choice. Returns "" or the interface text key of the problem."""
    nonce = actions.opened(request.POST.get("token", ""), consultation, about)
    choice = request.POST.get("heard", "")
    if nonce is None:
        return "heard.again"
    if choice not in HeardBack.values:
        return "heard.none"
    actions.take(consultation=consultation, nonce=nonce, choice=choice, flood=flood.reached(request), about=about)
    flood.add(request)
    return ""


@respondent_view
@require_POST
def heard_back(request, slug):
    live = ConsultationPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).defer("body")
    consultation = live.filter(slug=slug).first()
    became = consultation and became_of([consultation], get_language()).get(consultation.pk)
    if not became or not became.is_heard_of or not actions.is_asked(consultation):
        raise Http404
    problem = reply(request, consultation)
    context = {**public(request), "problem": problem, "poll": poll(consultation), "slug": slug}
    html = render_to_string("consultation/receipts/heard.html", context)
    return page(request, html, status=422 if problem else 200)

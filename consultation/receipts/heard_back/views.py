"""Polls: the form on a page and the POST that saves one choice, without script, cookie or name."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from consultation.action_forms import PostedForm
from consultation.receipts.heard_back import actions
from consultation.receipts.heard_back.models import HeardBackChoice
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.consultation_outcome import find_outcomes
from consultation.surveys.models import ConsultationPage

# as for a survey: a school sits behind one address
poll_flood_limit = RateLimit(settings.FLOOD_TIMES, people_only=True)
CHOICES = (
    (HeardBackChoice.YES, "outcome.yes"),
    (HeardBackChoice.PARTLY, "heard.partly"),
    (HeardBackChoice.NO, "outcome.no"),
    (HeardBackChoice.NOT_SURE, "q.dontknow"),
)


class PollForm(PostedForm):
    token = forms.CharField()
    heard = forms.ChoiceField(choices=HeardBackChoice.choices)


def build_poll_context(consultation, about=""):
    """Context of the form (components/heard_back.html); None once a reply could no longer be counted."""
    if not actions.is_poll_open(consultation):
        return None
    return {"slug": consultation.slug, "token": actions.issue_poll_token(consultation, about), "choices": CHOICES}


def save_poll_reply(request, consultation, about=""):
    """Save the submitted choice. Returns "" or the interface text key of the problem."""
    form = PollForm.of(request)
    nonce = actions.decrypt_poll_token(form.typed("token"), consultation, about)
    if nonce is None:
        return "heard.again"
    if not form.is_valid():
        return "heard.none"
    flood, choice = poll_flood_limit.is_limit_reached(request), form.cleaned_data["heard"]
    actions.save_poll_answer(consultation=consultation, nonce=nonce, choice=choice, flood=flood, about=about)
    poll_flood_limit.add(request)
    return ""


@respondent_view
@require_POST
def save_heard_back(request, slug):
    consultation = ConsultationPage.objects.live().sources().filter(slug=slug).defer("body").first()
    became = consultation and find_outcomes([consultation], get_language()).get(consultation.pk)
    if not became or not became.has_reportable_outcome or not actions.is_poll_open(consultation):
        raise Http404
    problem = save_poll_reply(request, consultation)
    context = {
        "problem": problem,
        "poll": build_poll_context(consultation),
        "slug": slug,
        "page_path": request.path_info.replace("/heard/", "/results/"),
    }
    template = "consultation/receipts/heard_back/thanks.html"
    return render_public_page(request, template, context, status=422 if problem else 200)

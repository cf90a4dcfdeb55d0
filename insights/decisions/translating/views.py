"""Pages to translate a decision and to confirm a translation."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from insights.decisions import checking, policies
from insights.decisions.models import Decision
from insights.decisions.translating import actions
from insights.decisions.translating.forms import ConfirmForm, WordsForm
from insights.decisions.views import add_errors, for_writers


@for_writers
def translate(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    if not policies.may_translate(request.user, found):
        raise PermissionDenied
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    name = get_language_info(language)["name"]
    form = WordsForm(request.POST or None, decision=found, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate(decision=found, by=request.user, language=language, words=form.words())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The words in {name} are saved. They show when a colleague has checked them.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": f"This decision in {name}", "decision": found}
    words = actions.words_in(found, language)
    url = reverse("insights:confirm-decision-words", args=[slug, language])
    check = checking_of(words, actions.english_of(found), request.user, url)
    return render(request, "insights/decisions/form.html", context | {"check": check})


def checking_of(words, english, user, url):
    """Template context: the state of a translation and the form to confirm it."""
    return {
        "words": any(checking.said(words).values()),
        "by": words.get("checked_by", ""),
        "refused": checking.why_not_confirm(words, english, by=user, looked_at=None),
        "form": ConfirmForm(initial={"looked_at": checking.look(words, english)}),
        "url": url,
    }


@require_POST
@for_writers
def confirm(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    form = ConfirmForm(request.POST)
    try:
        actions.confirm(decision=found, by=request.user, language=language, **form.as_given())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("insights:translate-decision", slug, language)
    messages.success(request, f"The words in {get_language_info(language)['name']} show now, checked by you.")
    return redirect("insights:decision", slug)

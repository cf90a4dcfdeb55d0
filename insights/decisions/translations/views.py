"""Pages to translate a decision and to confirm a translation."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS
from insights.decisions import policies, translation_confirmation
from insights.decisions.models import Decision
from insights.decisions.translations import actions
from insights.decisions.translations.forms import ConfirmTranslationForm, DecisionTranslationForm
from insights.decisions.views import add_errors


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_translation(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, policies.may_translate, found)
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    name = get_language_info(language)["name"]
    form = DecisionTranslationForm(request.POST or None, decision=found, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate_decision(decision=found, by=request.user, language=language, words=form.words())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The words in {name} are saved. They show when a colleague has checked them.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": f"This decision in {name}", "decision": found}
    words = actions.get_translation_words(found, language)
    url = reverse("insights:confirm-decision-words", args=[slug, language])
    check = build_confirmation_context(words, actions.get_english_words(found), request.user, url)
    return render(request, "insights/decisions/form.html", context | {"check": check})


def build_confirmation_context(words, english, user, url):
    """Template context: the state of a translation and the form to confirm it."""
    return {
        "words": any(translation_confirmation.strip_metadata(words).values()),
        "by": words.get("checked_by", ""),
        "refused": translation_confirmation.confirmation_refusal(words, english, by=user, looked_at=None),
        "form": ConfirmTranslationForm(
            initial={"looked_at": translation_confirmation.hash_translation_state(words, english)}
        ),
        "url": url,
    }


@require_POST
@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def confirm_translation(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    form = ConfirmTranslationForm(request.POST)
    try:
        actions.confirm_translation(decision=found, by=request.user, language=language, **form.as_given())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("insights:translate-decision", slug, language)
    messages.success(request, f"The words in {get_language_info(language)['name']} show now, checked by you.")
    return redirect("insights:decision", slug)

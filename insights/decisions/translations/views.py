"""Pages to translate a decision and to confirm a translation."""

from django.conf import settings
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
from insights.forms import run_action, save_form


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_translation(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, policies.may_translate, found)
    name = get_language_name_or_404(language)
    form = DecisionTranslationForm(request.POST or None, decision=found, language=language)
    done = f"The words in {name} are saved. They show when a colleague has checked them."
    if save_form(request, form, actions.translate_decision, done, decision=found, language=language):
        return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": f"This decision in {name}", "decision": found}
    words = actions.get_translation_words(found, language)
    url = reverse("insights:confirm-decision-words", args=[slug, language])
    check = build_confirmation_context(words, actions.get_english_words(found), request.user, url)
    return render(request, "insights/decisions/form.html", context | {"check": check})


def get_language_name_or_404(language):
    """The name of a language into which words are translated."""
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    return get_language_info(language)["name"]


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
    done = f"The words in {get_language_info(language)['name']} show now, checked by you."
    given = ConfirmTranslationForm(request.POST).given_values()
    if run_action(request, actions.confirm_translation, done, decision=found, language=language, **given):
        return redirect("insights:decision", slug)
    return redirect("insights:translate-decision", slug, language)

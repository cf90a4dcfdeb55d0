"""Pages to translate a decision and to confirm a translation."""

from django.urls import reverse

from insights.access import VIEW_REPORTS
from insights.decisions import policies
from insights.decisions.models import Decision
from insights.decisions.translations import actions
from insights.decisions.translations.forms import DecisionTranslationForm
from insights.decisions.views import build_form_context
from insights.publishing.views import TranslationPages


class DecisionTranslationPages(TranslationPages):
    lifecycle, model, name, key = actions.WORDS, Decision, "decision", "slug"
    may_open = (VIEW_REPORTS, policies.may_draft_or_publish)

    def get_address(self, held):
        return reverse("insights:decision", args=[held.slug])

    def build_form(self, data, held, language):
        return DecisionTranslationForm(data, decision=held, language=language)

    def build_context(self, held, language_name):
        return build_form_context(f"This decision in {language_name}", held)


PAGES = DecisionTranslationPages()

"""“How we will listen”: the public page of a consultation's participation promises (P1, P2)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.consultation_outcome import find_outcomes
from consultation.surveys.landing_page import LEVELS, drop_past_day
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.models import ConsultationPage
from consultation.surveys.participation_fields import CHANNELS, FORMATS, select_choices

WRITTEN = ("groups_invited", "groups_missing", "safe_checked_by", "designed_with", "decision_role", "seen_how", "can_change",
           "can_change_easy", "cannot_change", "cannot_change_easy", "told_how")  # fmt: skip


@dataclass(frozen=True)
class LocalisedText:
    """An officer's text in the visitor's language, or untranslated and marked with its own language."""

    text: str
    language: str = ""  # only if different from the page's

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text


@respondent_view
@require_safe
def show_how_we_listen(request, slug):
    language = get_language() or settings.LANGUAGE_CODE
    live = ConsultationPage.objects.live().defer("body")
    source = live.sources().filter(slug=slug).select_related("locale").first()
    if source is None:
        raise Http404
    translations = live.filter(translation_key=source.translation_key, locale__language_code=language)
    translated = translations.first() or source
    state = source.state
    said = {name: _localise_field(name, source, translated, language) for name in WRITTEN}
    context = {
        "source": source,
        "title": _localise_field("title", source, translated, language),
        "said": said,
        "panel": source.panel_rounds.with_changes().first(),
        "ways": select_choices(CHANNELS, source.ways),
        "formats": select_choices(FORMATS, source.formats),
        "level_word": LEVELS[source.level],
        "languages_offered": list_live_languages(source),
        "state": state,
        "looks_on": drop_past_day(source.look_date),
        "decides_on": drop_past_day(source.decision_date),
        "promised": None
        if state.is_over and find_outcomes([source], language)
        else drop_past_day(source.feedback_date),
    }
    return render_public_page(request, "consultation/surveys/participation_plan/plan.html", context)


def _localise_field(name, source, translated, language):
    """The text of a field; one that a translation only copied is still in the source language."""
    own = getattr(translated, name)
    written = getattr(source, name)
    as_written = language != source.locale.language_code and (not own or own == written)
    return LocalisedText(own or written, source.locale.language_code if as_written and written else "")

"""“How we will listen”: the public page of a consultation's participation promises (P1, P2)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultation.questionnaires.aftermath import became_of
from consultation.questionnaires.landing import CLOSED, LEVELS, state_of, still_ahead
from consultation.questionnaires.listening.choices import FORMATS, WAYS, chosen
from consultation.questionnaires.listing import live_languages
from consultation.questionnaires.models import ConsultationPage
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view

WRITTEN = ("groups_invited", "groups_missing", "safe_checked_by", "designed_with", "decision_role", "seen_how", "can_change",
           "can_change_easy", "cannot_change", "cannot_change_easy", "told_how")  # fmt: skip


@dataclass(frozen=True)
class Said:
    """An officer's text in the visitor's language, or untranslated and marked with its own language."""

    text: str
    language: str = ""  # only if different from the page's

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text


@respondent_view
@require_safe
def how_we_listen(request, slug):
    language = get_language() or settings.LANGUAGE_CODE
    source, translated = _pages(slug, language)
    is_closed = state_of(source) == CLOSED
    said = {name: _said(name, source, translated, language) for name in WRITTEN}
    context = {
        "source": source,
        "title": _said("title", source, translated, language),
        "said": said,
        "ways": chosen(WAYS, source.ways),
        "formats": chosen(FORMATS, source.formats),
        "level_word": LEVELS[source.level],
        "languages_offered": live_languages(source),
        "is_closed": is_closed,
        "looks_on": still_ahead(source.look_date),
        "decides_on": still_ahead(source.decision_date),
        "promised": None if is_closed and became_of([source], language) else still_ahead(source.feedback_date),
    }
    html = render_to_string("consultation/questionnaires/listening.html", {**public(request), **context})
    return page(request, html)


def _pages(slug, language):
    live = ConsultationPage.objects.live().defer("body")
    source = live.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE).select_related("locale").first()
    if source is None:
        raise Http404
    translated = live.filter(translation_key=source.translation_key, locale__language_code=language).first()
    return source, translated or source


def _said(name, source, translated, language):
    """The text of a field; one that a translation only copied is still in the source language."""
    own = getattr(translated, name)
    written = getattr(source, name)
    as_written = language != source.locale.language_code and (not own or own == written)
    return Said(own or written, source.locale.language_code if as_written and written else "")

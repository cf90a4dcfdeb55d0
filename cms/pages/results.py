"""The public results page, its PDF in standard and easy read, and its preview."""

import hashlib
from threading import Lock

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.pages.aftermath import became_of
from cms.pages.you_said import cards_of
from consultation.answering.paper import press
from consultation.questionnaires.closing import closed_on
from consultation.questionnaires.landing import CLOSED, state_of
from consultation.questionnaires.models import ConsultationPage
from consultation.receipts.heard.views import poll
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.errors import quiet_page
from consultation.respondents.origin import respondent_view
from insights.results.heard import picture_of
from insights.results.models import Results
from insights.results.showing import heard_of, page_of
from insights.results.wording import MAY

STYLE = settings.BASE_DIR / "consultation" / "static" / "voice" / "results-paper.css"
KINDS = {"standard": False, "easy": True}
_pressed: dict[tuple, tuple] = {}  # in memory only, so that no disk keeps withdrawn texts
_press_one = Lock()  # rendering takes a second: one at a time
MOST_PRESSED = 64


def _source(slug):
    live = ConsultationPage.objects.live().defer("body").select_related("locale")
    return get_object_or_404(live, slug=slug, locale__language_code=settings.LANGUAGE_CODE)


def published_results():
    """[(source page, newest results)] of every live consultation."""
    newest = {}
    for edition in Results.objects.published().select_related("release__codebook_version").order_by("number"):
        newest[edition.consultation_id] = edition
    sources = ConsultationPage.objects.live().defer("body").filter(pk__in=newest).order_by("pk")
    return [(source, newest[source.pk]) for source in sources]


def results_path(source, language):
    return f"/{language}/have-your-say/{source.slug}/results/"


def title_in(source, language):
    """(title, whether it is only in English)."""
    return titles_in([source], language)[source.pk]


def titles_in(sources, language):
    """{consultation id: (title, whether it is only in English)}, in one query; none for English."""
    if language == settings.LANGUAGE_CODE:
        return {source.pk: (source.title, False) for source in sources}
    keys = {source.translation_key for source in sources}
    live = ConsultationPage.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    translated = dict(live.order_by().values_list("translation_key", "title"))
    return {
        source.pk: (translated.get(source.translation_key, source.title), source.translation_key not in translated)
        for source in sources
    }


def context_of(source, results, language, *, preview=False):
    """Template context; with `results=None` the page says that nothing is published yet, and until when."""
    title, title_in_english = title_in(source, language)
    shown = page_of(results, language, preview=preview) if results else None
    cards = cards_of(source, language)
    return {
        "source": source,
        "title": title,
        "title_in_english": title_in_english,
        "closed": closed_on(source) if state_of(source) == CLOSED else None,
        "shown": shown,
        "release": results.release if results else None,
        "cards": cards,
        "themes": [(theme, [card for card in cards if theme.id in card["answers"]]) for theme in shown.themes]
        if shown
        else [],
        "some_english": _some_english(shown, cards, language),
        "became": became_of([source], language).get(source.pk),
        "heard": heard_of(picture_of(source)),
        "here": f"have-your-say/{source.slug}/results/",
    }


def _some_english(shown, cards, language):
    if language == settings.LANGUAGE_CODE:
        return False
    return (shown is not None and not shown.translated) or any(card["partly_english"] for card in cards)


@respondent_view
@require_safe
def results(request, slug):
    source, language = _source(slug), get_language()
    context = context_of(source, Results.objects.newest_of(source), language)
    became = context["became"]
    context |= {"poll": poll(source) if became and became.is_heard_of else None}
    return page(request, render_to_string("cms/pages/results.html", {**public(request), **context}))


@respondent_view
@require_safe
def on_paper(request, slug, kind):
    source, language = _source(slug), get_language()
    found = Results.objects.newest_of(source)
    if found is None or kind not in KINDS:
        raise Http404
    context = context_of(source, found, language) | {**public(request), "easy": KINDS[kind]}
    html = render_to_string("cms/pages/results_paper.html", context)
    try:
        made = _press(html, (source.pk, language, kind))
    except press.NoPress:
        return quiet_page(request, title="error.title", body="paper.gone", status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="have-your-say.pdf"'
    return answer


def _press(html, key):
    """PDF bytes, from the cache if the HTML is unchanged. The HTML is built for every request, so no process serves
    withdrawn texts.
    """
    digest = hashlib.sha256(html.encode()).digest()
    kept = _pressed.get(key)
    if kept is None or kept[0] != digest:
        with _press_one:
            kept = _pressed.pop(key, None)
            if kept is None or kept[0] != digest:
                kept = digest, press.fresh_pdf(html, STYLE.read_text(encoding="utf-8"))
            _pressed[key] = kept
            while len(_pressed) > MOST_PRESSED:
                del _pressed[next(iter(_pressed))]  # the oldest
    return kept[1]


@never_cache
@login_required
@permission_required(MAY, raise_exception=True)
@require_safe
def preview(request, pk, language):
    """The page before a second person publishes it, or before its translation is checked."""
    found = get_object_or_404(Results.objects.select_related("release__codebook_version"), pk=pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        context = context_of(found.consultation, found, language, preview=True)
        html = render_to_string("cms/pages/results.html", {**public(request), **context, "draft": found})
    return HttpResponse(html)

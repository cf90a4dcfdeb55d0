"""Content of the home page: open consultations (children's first), decisions, news."""

from datetime import timedelta

from cms.site.news.models import NewsPage
from cms.site.news.news_listing import mark_english_pages
from consultation.surveys.consultation_listing import list_consultations
from consultation.surveys.models import Audience, ConsultationPage
from insights.decisions.models import Decision

SOON = timedelta(days=7)
MOST_DECISIONS, MOST_NEWS, MOST_CLOSED = 3, 3, 4
SHOWN_FIELDS = ("title", "you_said")


def build_home_context(language):
    shown = list_consultations(ConsultationPage.objects.live(), language, closed_ones=MOST_CLOSED)
    for card in shown.open:
        card.closes_soon = bool(card.state.last_day) and card.state.last_day - shown.today <= SOON
    return {
        "listing": shown,
        "young": [card for card in shown.open if card.source.audience == Audience.CHILDREN],
        "others": [card for card in shown.open if card.source.audience != Audience.CHILDREN],
        "heard": _list_newest_decisions(language),
        "news": mark_english_pages(list(NewsPage.objects.with_english_fallback(language)[:MOST_NEWS]), language),
    }


def _list_newest_decisions(language):
    """The newest decisions of any outcome; `english` names the fields that are not translated."""
    published = Decision.objects.published().order_by("-published_on", "-decided", "title")[:MOST_DECISIONS]
    return [
        {
            "slug": decision.slug,
            "title": decision.said("title", language),
            "you_said": decision.said("you_said", language),
            "outcome": decision.outcome,
            "key": f"outcome.{decision.outcome}",
            "english": {
                name for name in SHOWN_FIELDS if language != "en" and not decision.words_in(language).get(name)
            },
        }
        for decision in published
    ]

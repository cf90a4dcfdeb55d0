"""Content of the home page: open consultations (children's first), decisions, news."""

from datetime import timedelta

from cms.news.listing import newest
from consultation.questionnaires.listing import listing
from consultation.questionnaires.models import Audience
from insights.decisions.models import Decision

SOON = timedelta(days=7)
HEARD, NEW, CLOSED = 3, 3, 4
SHOWN = ("title", "you_said")


def what_is_here(language):
    shown = listing(language, closed_ones=CLOSED)
    for card in shown.open:
        card.closes_soon = bool(card.source.closes) and card.source.closes - shown.today <= SOON
    young = [card for card in shown.open if card.source.audience == Audience.CHILDREN]
    others = [card for card in shown.open if card.source.audience != Audience.CHILDREN]
    return {
        "listing": shown,
        "young": young,
        "others": others,
        "heard": _heard(language),
        "news": newest(language, NEW),
    }


def _heard(language):
    """The newest decisions of any outcome; `english` names the fields that are not translated."""
    published = Decision.objects.published().order_by("-published_on", "-decided", "title")[:HEARD]
    return [
        {
            "slug": decision.slug,
            "title": decision.said("title", language),
            "you_said": decision.said("you_said", language),
            "outcome": decision.outcome,
            "key": f"outcome.{decision.outcome}",
            "english": {name for name in SHOWN if language != "en" and not decision.words_in(language).get(name)},
        }
        for decision in published
    ]

"""The receipt page, with the consultation's published decisions: the same for every answer."""

from django.utils.translation import get_language

from cms.site.pages.decision_cards import build_consultation_cards
from consultation.channels.web.receipt_withdrawal import WithdrawalReceiptView


class ReceiptWithDecisionsView(WithdrawalReceiptView):
    def decisions_for(self, consultation):
        return group_by_theme(build_consultation_cards(consultation, get_language()))


def group_by_theme(cards):
    """[(name of a theme, its cards)], each card once: under the first theme that it answers. Those that answer none come
    last, under no name."""
    groups = {}
    for card in cards:
        themes = card["sides"][0]["themes"]
        name = themes[0]["name"] if themes else None
        groups.setdefault(str(name or ""), (name, []))[1].append(card)
    return sorted(groups.values(), key=lambda group: group[0] is None)

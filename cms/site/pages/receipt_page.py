"""The receipt page, with the consultation's published decisions: the same for every answer."""

from django.utils.translation import get_language

from cms.site.pages.decision_cards import build_consultation_cards
from consultation.channels.web.receipt_withdrawal import WithdrawalReceiptView


class ReceiptWithDecisionsView(WithdrawalReceiptView):
    def decisions_for(self, consultation):
        return build_consultation_cards(consultation, get_language())

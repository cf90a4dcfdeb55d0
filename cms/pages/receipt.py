"""The receipt page, with the consultation's published decisions: the same for every answer."""

from django.utils.translation import get_language

from cms.pages.you_said import cards_of
from consultation.answering.returning import ReturningView


class Receipt(ReturningView):
    def decisions_for(self, consultation):
        return cards_of(consultation, get_language())

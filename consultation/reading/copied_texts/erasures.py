"""Erasure of the digests of wordings, when no more answers come."""

from datetime import date, timedelta

from consultation.reading.copied_texts.models import FirstWording
from consultation.surveys.closing_day import AfterCloseErasure


class WordingErasure(AfterCloseErasure):
    slug = "wordings"
    line, keep = "digests of wordings", "2 days after the close"
    removes = "The keyed digests by which the same words are found in two answers."
    keeps = "That a person is held from figures as a copy, so that an officer can count them in."
    why = "A form that was open at the close can be sent for one more day. Then no copy can come."
    covers = frozenset({"consultation.FirstWording"})
    rows, of_page = FirstWording.objects, "answer__response__version__page"

    def erasure_day(self, closed: date) -> date:
        return closed + timedelta(days=2)

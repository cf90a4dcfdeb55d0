"""Erasures that a person can request with their four words, as the retention page lists them."""

from consultation.audit.erasure_types import RequestedErasure
from consultation.channels.web.withdrawal import erase_written_words, withdraw_response
from consultation.responses.models import Response


class WithdrawalErasure(RequestedErasure):
    slug = "withdrawal"
    line, keep = "receipt hashes", "until the release that counts the person is frozen"
    when = "A person enters their four words and takes their answers back, before a frozen release counts them."
    removes = "All they sent: closed answers, words, what readers made of them, themes, and quotes of them."
    keeps = "That one answer was taken back, and on which day. Words that nobody had read wait for a lead, sealed."
    why = "What a person said stays theirs until it is part of a figure."
    learned_from = True

    def erase(self, response: Response) -> Response:
        return withdraw_response(response=response)


class WordsAfterFreezeErasure(RequestedErasure):
    slug = "words-after-freeze"
    line, keep = "receipt hashes", "24 months after the close"
    when = "A person enters their four words after a frozen release has counted them."
    removes = "Their written words, themes and quotes, and the key by which the ledger could confirm a quote."
    keeps = "The figures. If they changed, the old and the new could be compared, and would give the person away."
    why = "Words can be told by their writer; one more or fewer in a rounded figure cannot."
    learned_from = True

    def erase(self, response: Response) -> Response:
        return erase_written_words(response=response)


ON_REQUEST: tuple[RequestedErasure, ...] = (WithdrawalErasure(), WordsAfterFreezeErasure())

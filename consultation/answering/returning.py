"""The receipt page with withdrawal: a person enters their four words and takes answers or texts back."""

from consultation.answering.withdrawal import TooLate, erase_words, withdraw
from consultation.receipts.views import ReceiptView


class ReturningView(ReceiptView):
    def take_back(self, response):
        try:
            withdraw(response=response)
        except TooLate:
            return "status.toolate"
        return "back.done"

    def wipe_words(self, response):
        if response.counted:
            erase_words(response=response)
            return "back.words.done"
        return self.take_back(response)

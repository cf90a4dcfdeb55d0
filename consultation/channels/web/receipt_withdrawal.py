"""The receipt page with withdrawal: a person enters their four words and takes answers or texts back."""

from consultation.channels.web.withdrawal import TooLateToWithdraw, erase_written_words, withdraw_response
from consultation.receipts.views import ReceiptView


class WithdrawalReceiptView(ReceiptView):
    def take_back(self, response):
        try:
            withdraw_response(response=response)
        except TooLateToWithdraw:
            return "status.toolate"
        return "back.done"

    def wipe_words(self, response):
        if response.counted:
            erase_written_words(response=response)
            return "back.words.done"
        return self.take_back(response)

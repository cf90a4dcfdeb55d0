"""The receipt page with withdrawal and mailboxes: a person enters four words, and takes answers or texts back, or reads
and writes messages."""

from consultation.channels.web.mailbox_pages import show_mailbox, write_message
from consultation.channels.web.withdrawal import TooLateToWithdraw, erase_written_words, withdraw_response
from consultation.receipts.views import ReceiptView
from consultation.safeguarding.mailbox.actions import find_mailbox


class WithdrawalReceiptView(ReceiptView):
    def take_back(self, response):
        try:
            withdraw_response(response=response)
        except TooLateToWithdraw:
            return "status.toolate"
        return "back.done"

    def wipe_words(self, response):
        if response.counted is not None:
            erase_written_words(response=response)
            return "back.words.done"
        return self.take_back(response)

    def post(self, request):
        return write_message(self, request) if "mailbox" in request.POST else super().post(request)

    def find_other(self, words):
        return find_mailbox(words)

    def show_other(self, request, found, words):
        return show_mailbox(request, found, words)

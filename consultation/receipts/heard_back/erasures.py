from consultation.receipts.erasures import ReceiptErasure
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.surveys.closing_day import AfterCloseErasure


class HeardAnswerErasure(AfterCloseErasure):
    slug = "heard"
    line, keep = ReceiptErasure.line, ReceiptErasure.keep
    removes = (
        "Each answer to “Did you hear back?”, “Did we hear you right?”, “Did this change anything for you?” and "
        "“Do you think we got this wrong?”."
    )
    keeps = "The figures made of them after disclosure control."
    why = "Whether we answered well is learned in the time in which people can come back."
    covers = frozenset({"consultation.HeardAnswer"})
    MONTHS = ReceiptErasure.MONTHS
    rows = HeardAnswer.objects

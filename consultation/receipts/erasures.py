from consultation.receipts.models import Receipt
from consultation.surveys.closing_day import AfterCloseErasure


class ReceiptErasure(AfterCloseErasure):
    slug = "receipts"
    line, keep = "receipt hashes", "24 months after the close"
    removes = "What people's four words derive to: the words open nothing any more."
    keeps = "The answers, which then nobody can find or take back."
    why = "Their holder can see for two years what became of what they said."
    covers = frozenset({"consultation.Receipt"})
    rows, of_page = Receipt.objects, "response__version__page"

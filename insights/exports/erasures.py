from consultation.surveys.closing_day import AfterCloseErasure
from insights.exports.models import Recall


class Recalls(AfterCloseErasure):
    slug = "recalls"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = "Lists of the releases, decisions and exports that held words which were taken back."
    keeps = "The audit log's entries of those exports."
    why = "By then all that could be asked back has been asked back."
    covers = frozenset({"insights.Recall"})
    counted = False
    MONTHS = 36
    rows = Recall.objects

"""The thank-you page: the direct response to Send, so a reload sends the same form again, which counts once."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override

from consultation.appearance.current import current as current_look
from consultation.receipts.offer import offer
from consultation.respondents.context import public
from consultation.respondents.documents import MARK, Document
from consultation.respondents.live import is_live
from consultation.respondents.switches import switches_in
from consultation.words import stamp

MOST_DOCUMENTS = 128
_documents: dict[tuple, Document] = {}


def kind_of(*, late=False, uncounted=False, withdrawn=False):
    """The message about these answers: "withdrawn", "uncounted", "late" or ""."""
    return "withdrawn" if withdrawn else "uncounted" if uncounted else "late" if late else ""


def thanks(request, version, response_id, seed, kind=""):
    """The page with the message of this kind and the offer of four words. `seed` is the form's nonce."""
    language = get_language()
    document = _document(version, language, kind, switches_in(request.POST))
    page = document.with_value(request, offer(response_id, seed))
    page["Clear-Site-Data"] = '"cache", "storage"'
    return page


def _document(version, language, kind, switches):
    page, today = version.page, timezone.localdate()
    days = page.feedback_date, page.closes, today
    name = (version.pk, language, kind, switches, days, current_look(), is_live(), stamp(language))
    if name not in _documents:
        if len(_documents) >= MOST_DOCUMENTS:
            _documents.clear()
        _documents[name] = Document(_html(page, language, kind, switches))
    return _documents[name]


def _html(page, language, kind, switches):
    with override(language):
        context = {
            **public(None),
            "language": language,
            "kind": kind,
            "switches": switches,
            "closes": page.closes or timezone.localdate(),
            "feedback": _still_ahead(page.feedback_date),
            "reference": MARK,
        }
        return render_to_string("consultation/answering/thanks.html", context)


def _still_ahead(day):
    """None for a past day: it would be a broken promise."""
    return day if day and day >= timezone.localdate() else None

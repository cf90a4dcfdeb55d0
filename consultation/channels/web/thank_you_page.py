"""The thank-you page: the direct response to Send, so a reload sends the same form again, which counts once."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from consultation.branding.current_branding import get_branding as current_look
from consultation.channels.web.access_formats import survey_path
from consultation.domain.process_cache import register_cache
from consultation.interface_text import get_wording_stamp
from consultation.receipts.receipt_offer import decrypt_offer, encrypt_offer
from consultation.respondent_pages.language_picker import parse_switches, repeat_posted_page
from consultation.respondent_pages.live_status import is_site_live
from consultation.respondent_pages.precompressed_pages import VALUE_PLACEHOLDER, PrecompressedPage
from consultation.respondent_pages.public_context import build_public_context
from consultation.responses.models import Response
from consultation.safeguarding.help.directory import render_help_places
from consultation.surveys.landing_page import drop_past_day
from consultation.surveys.other_surveys import list_other_surveys

KINDS = ("withdrawn", "uncounted", "late", "")
MOST_DOCUMENTS = 128
_thanks_documents: dict[tuple, PrecompressedPage] = {}
register_cache(_thanks_documents.clear)


def show_thank_you_page(request, version, *, response_id, seed, kind="", closes=None, soon=False, written=False):
    """The page with the message of this kind and the offer of four words. `seed` is the form's nonce; `closes`: the day
    on which the survey really closed, for who was late; `soon`: this person asked that someone reads it soon;
    `written`: there are words to read."""
    page, language, switches = version.page, get_language(), parse_switches(request.POST)
    others = list_other_surveys(page, language)
    days, help_places = (page.feedback_date, closes, timezone.localdate()), render_help_places(page.help_first)
    name = (
        version.pk,
        language,
        kind,
        soon,
        written,
        others,
        switches,
        days,
        help_places,
        current_look(),
        is_site_live(),
        get_wording_stamp(language),
    )
    if name not in _thanks_documents:
        if len(_thanks_documents) >= MOST_DOCUMENTS:
            _thanks_documents.clear()
        _thanks_documents[name] = PrecompressedPage(
            _render_thanks(
                page, language, kind, switches, closes, help_places, soon=soon, written=written, others=others
            )
        )
    response = _thanks_documents[name].with_value(request, encrypt_offer(response_id, seed))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def repeat_thank_you_page(request):
    """The page in another language, without the answers, which are kept already; None for a form that is sent."""
    if "reference" not in request.POST:
        return None
    offer, kind = decrypt_offer(request.POST["reference"]), request.POST.get("kind", "")
    response = offer and Response.objects.select_related("version__page").filter(pk=offer[0]).first()
    if not response or kind not in KINDS:
        return None
    return show_thank_you_page(
        request,
        response.version,
        response_id=response.pk,
        seed=offer[1],
        kind="withdrawn" if response.withdrawn else kind,
        closes=response.version.page.state.last_day if kind in ("late", "uncounted") else None,
        soon="soon" in request.POST,
        written=response.answers.exists(),
    )


def _render_thanks(page, language, kind, switches, closes, help_places, *, soon, written, others):
    context = {
        **build_public_context(None),
        "language": language,
        "kind": kind,
        "soon": soon,
        "written": written,
        "others": others,
        "today": timezone.localdate(),
        "switches": switches,
        "closes": closes or timezone.localdate(),
        "feedback": drop_past_day(page.feedback_date),
        "help_places": help_places,
        "reference": VALUE_PLACEHOLDER,
        **repeat_posted_page(None, path=survey_path(page.slug, language), form="offer"),
    }
    return render_to_string("consultation/channels/web/thanks.html", context)

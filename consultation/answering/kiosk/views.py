"""`/<lang>/kiosk/`: GET asks for the PIN; every later page is the response to a POST with a hidden reference."""

from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from consultation.answering import published
from consultation.answering.kiosk import pages, pins
from consultation.answering.kiosk.references import behind
from consultation.receipts.actions import issue
from consultation.receipts.offer import taken_up
from consultation.respondents.origin import respondent_view
from consultation.responses.models import Response
from consultation.words import word


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request):
    if request.method != "POST":
        return pages.pin_page(request)
    if "kiosk" not in request.POST:
        return _begin(request)
    doing = request.POST.get("do", "")
    if doing == "words":
        return _show_words(request)
    found = behind(request.POST["kiosk"])
    if found is None:
        return pages.pin_page(request, notice=word("kiosk.kept" if doing == "next" else "kiosk.over"))
    return DOING.get(doing, _start)(request, found)


def _begin(request):
    typed = request.POST.get("pin", "")
    if not pins.may_try(request, typed):
        return pages.pin_page(request, problem=word("error.words.wait"), status=429)
    found = pins.kiosk_of(request, typed)
    if found is None:
        return pages.pin_page(request, problem=word("kiosk.pin.wrong"), status=422)
    return pages.start_page(request, found)


def _start(request, found):
    """Return to the start page in the tablet's first language. The request carries no answers."""
    said = {"clear": "kiosk.cleared", "late": "kiosk.late"}.get(request.POST.get("do", ""))
    return pages.start_page(request, found, notice=word(said) if said else "")


def _language(request, found):
    return pages.start_page(request, found, language=get_language())


def _before(request, found):
    return pages.before_page(request, found) if _open(found) else pages.start_page(request, found)


def _ask(request, found):
    if not _open(found):
        return pages.start_page(request, found)
    return pages.survey_page(request, found, easy=request.POST.get("easy") == "yes")


def _open(found):
    return found.page.is_open() and published.current(found.page.slug) is not None


def _end(request, found):
    """Only a worker with the PIN ends kiosk mode."""
    typed = request.POST.get("pin", "")
    if not pins.may_try(request, typed):
        return pages.start_page(request, found, problem=word("error.words.wait"), status=429)
    if pins.kiosk_of(request, typed) != found:
        return pages.start_page(request, found, problem=word("kiosk.pin.wrong"), status=422)
    return pages.pin_page(request, notice=word("kiosk.ended"))


def _show_words(request):
    """Show the four words for a few minutes, even on a tablet that was switched off meanwhile."""
    offered = taken_up(request.POST.get("reference", ""))
    response = offered and Response.objects.filter(pk=offered[0], withdrawn=False).first()
    if not response:
        return pages.pin_page(request, notice=word("kiosk.over"))
    return pages.words_page(request, issue(response=response, seed=offered[1]), request.POST["kiosk"])


DOING = {"language": _language, "before": _before, "ask": _ask, "end": _end}

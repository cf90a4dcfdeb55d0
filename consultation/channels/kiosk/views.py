"""`/<lang>/kiosk/`: GET asks for the PIN; every later page is the response to a POST with a hidden reference."""

from functools import partial

from django.utils.translation import get_language

from consultation.channels.kiosk import kiosk_pages, kiosk_pins
from consultation.channels.kiosk.kiosk_references import find_kiosk_by_reference, make_kiosk_reference
from consultation.channels.web import published_versions
from consultation.interface_text import get_text
from consultation.receipts.actions import reveal_words
from consultation.receipts.receipt_offer import decrypt_offer
from consultation.respondent_pages.request_origin import respondent_view
from consultation.respondent_pages.slow_hash import TooManyAtOnce
from consultation.responses.models import Response


@respondent_view
def show_kiosk(request):
    if request.method != "POST":
        return kiosk_pages.show_pin_page(request)
    if "kiosk" not in request.POST:
        return _start_with_pin(request)
    doing = request.POST.get("do", "")
    if doing == "words":
        return _issue_four_words(request)
    found = find_kiosk_by_reference(request.POST["kiosk"])
    if found is None:
        return kiosk_pages.show_pin_page(request, notice=get_text("kiosk.kept" if doing == "next" else "kiosk.over"))
    if doing == "end":
        return _end_with_pin(request, found)
    is_open = found.page.is_open() and published_versions.find_current_version(found.page.slug) is not None
    if doing == "before" and is_open:
        return kiosk_pages.show_before_page(request, found)
    if doing == "ask" and is_open:
        return kiosk_pages.show_kiosk_survey(request, found)
    # The start page, in the chosen language or in the tablet's first one. The request carries no answers.
    said = {"clear": "kiosk.cleared", "late": "kiosk.late"}.get(doing)
    language = get_language() if doing == "language" else None
    notice = get_text(said) if said else ""
    return kiosk_pages.show_start_page(request, found, request.POST["kiosk"], language=language, notice=notice)


def _start_with_pin(request):
    if kiosk_pins.pin_tries.is_limit_reached(request):
        return kiosk_pages.show_pin_page(request, problem=get_text("error.words.wait"), status=429)
    try:
        found = kiosk_pins.find_kiosk_by_pin(request, request.POST.get("pin", ""))
    except TooManyAtOnce:
        return kiosk_pages.show_pin_page(request, problem=get_text("error.broken"), status=503)
    if found is None:
        return kiosk_pages.show_pin_page(request, problem=get_text("kiosk.pin.wrong"), status=422)
    return kiosk_pages.show_start_page(request, found, make_kiosk_reference(found))


def _end_with_pin(request, found):
    """Only a worker with the PIN ends kiosk mode."""
    show_again = partial(kiosk_pages.show_start_page, request, found, request.POST["kiosk"])
    if kiosk_pins.pin_tries.is_limit_reached(request):
        return show_again(problem=get_text("error.words.wait"), status=429)
    try:
        typed = kiosk_pins.find_kiosk_by_pin(request, request.POST.get("pin", ""))
    except TooManyAtOnce:
        return show_again(problem=get_text("error.broken"), status=503)
    if typed != found:
        return show_again(problem=get_text("kiosk.pin.wrong"), status=422)
    found.end_session()
    return kiosk_pages.show_pin_page(request, notice=get_text("kiosk.ended"))


def _issue_four_words(request):
    """Show the four words twice at most, for two hours, even on a tablet that was switched off meanwhile."""
    offered = decrypt_offer(request.POST.get("reference", ""))
    kept = Response.objects.select_related("version__page").defer("version__content", "version__page__body")
    response = offered and kept.filter(pk=offered[0], withdrawn=False).first()
    if not response:
        return kiosk_pages.show_pin_page(request, notice=get_text("kiosk.over"))
    try:
        told = reveal_words(response=response, seed=offered[1])
    except TooManyAtOnce:
        again = {"reference": request.POST["reference"], "soon": "soon" in request.POST}
        again["written"] = response.answers.exists()
        return kiosk_pages.show_kiosk_thanks(request, response.version.page, **again, problem=get_text("error.broken"))
    if told is None:
        return kiosk_pages.show_pin_page(request, notice=get_text("kiosk.kept"))
    return kiosk_pages.show_four_words(request, told.words, request.POST["kiosk"])

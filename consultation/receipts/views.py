"""Receipt pages: reveal the four words, look up a response, withdraw it. Personal content is only sent in reply to POST.

`ReceiptView` is completed in higher layers, which know how to withdraw answers, which decisions were published, and
what else four words open.
"""

import json
import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.http import require_POST

from consultation.interface_text import get_text
from consultation.receipts.actions import RevealedWords, find_response, parse_words, reveal_words
from consultation.receipts.heard_back.views import build_poll_context
from consultation.receipts.receipt_offer import decrypt_offer
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.respondent_pages.error_pages import show_not_found
from consultation.respondent_pages.four_words import hash_words, list_unlisted_words
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view
from consultation.respondent_pages.slow_hash import TooManyAtOnce
from consultation.responses.equality_monitoring import has_equality_questions
from consultation.responses.models import AnswerState, Response
from consultation.surveys.consultation_outcome import find_outcomes
from consultation.surveys.landing_page import drop_past_day
from consultation.surveys.other_surveys import list_other_surveys
from consultation.surveys.questionnaire_schema import localised_text

lookup_limit = RateLimit(times=5, people_only=True)
PURPOSE, WORDS_SHOWN = "receipt opened", "words shown"
GOOD_FOR = 30 * 60
DONE = {
    "back.done": {"days": 35},
    "back.words.done": {},
    "status.toolate": {},
}  # what the page says of a button's effect


@dataclass(frozen=True)
class ReceiptStatus:
    read: bool
    counted: bool
    withdrawn: bool


def get_receipt_status(response):
    """The status of a response. Triaged, excluded and uncounted answers look alike (A8). Answers
    without text count as read once they are counted, so the status does not tell whether there was any text."""
    states = list(response.answers.values_list("state", flat=True))
    read = response.counted is not None or (bool(states) and AnswerState.UNREAD not in states)
    return ReceiptStatus(read, response.counted is not None, response.withdrawn)


def describe_miss(words):
    """What is wrong with words that open nothing. It names those that are on no list: the list is public, so this tells
    nothing of anybody's words."""
    unlisted = list_unlisted_words(words)
    return get_text("error.words.unlisted", words=", ".join(unlisted)) if unlisted else get_text("error.words")


@respondent_view
@require_POST
def show_words(request):
    """Show the four words for the answers just sent; once more to someone who missed them."""
    reference = decrypt_offer(request.POST.get("reference", ""))
    kept = Response.objects.select_related("version__page").defer("version__content", "version__page__body")
    response = reference and kept.filter(pk=reference[0], withdrawn=False).first()
    if not response:
        return show_not_found(request)
    context = {
        "reference": request.POST["reference"],
        "feedback": drop_past_day(response.version.page.feedback_date),
        "today": timezone.localdate(),
        "soon": "soon" in request.POST,
        "written": response.answers.exists(),
        "others": list_other_surveys(response.version.page, get_language()),
        "language": get_language(),
    }
    same = {"reference": request.POST["reference"]} | ({"soon": "1"} if context["soon"] else {})
    if "have" in request.POST:
        context |= repeat_posted_page(request, **same, have="1")
        return render_public_page(request, "consultation/receipts/after.html", context)
    try:
        told = _read_words_shown(request) or reveal_words(response=response, seed=reference[1])
    except TooManyAtOnce:
        context |= {"problem": get_text("error.broken")} | repeat_posted_page(request, **same, have="1")
        return render_public_page(request, "consultation/receipts/after.html", context, status=503)
    same["told"] = encrypt_reference(WORDS_SHOWN, json.dumps(told).encode()) if told else ""
    context |= {"told": told} | repeat_posted_page(request, **same)
    return render_public_page(request, "consultation/receipts/words.html", context)


def _read_words_shown(request):
    """The words that this page showed a moment ago in another language, which is no second look at them; else None."""
    payload = decrypt_reference(WORDS_SHOWN, request.POST.get("told", ""), max_age=GOOD_FOR)
    if not payload:
        return None
    words, once_more = json.loads(payload)
    return RevealedWords(tuple(words), once_more)


@method_decorator(respondent_view, name="dispatch")
class ReceiptView(View, ABC):
    """GET asks for four words; POST looks them up, and withdraws the answers after a confirmation."""

    http_method_names = ["get", "head", "post", "options"]

    def decisions_for(self, consultation):
        """[(theme, cards)] of all published decisions of the consultation, whatever the answer: see
        components/decision_line.html."""
        return []

    @abstractmethod
    def take_back(self, response):
        """Withdraw the answers. Returns the key of the interface text that says what happened."""

    @abstractmethod
    def wipe_words(self, response):
        """Erase the texts of answers that are already counted; returns as above."""

    @abstractmethod
    def find_other(self, words):
        """What four hashed words of another kind open, or None. Asked for each set of words, hit or miss."""

    @abstractmethod
    def show_other(self, request, found, words):
        """The page of what `find_other` found."""

    def get(self, request):
        return self.show_words_form(request)

    def post(self, request):
        return self._with_reference(request) if "reference" in request.POST else self._look_up(request)

    def show_words_form(self, request, problem="", status=200, typed="", again="1"):
        """`again`: "broken" where the site was at fault, which another language must say, too."""
        context = {"problem": problem, "typed": typed, "switches_form": "look"}
        if request.method == "POST":
            context |= repeat_posted_page(request, form="look", again=again)
        return render_public_page(request, "consultation/receipts/ask.html", context, status=status)

    def _look_up(self, request):
        """The same slow hash and the same queries, whatever the words are and whether they open anything."""
        if lookup_limit.is_limit_reached(request):
            return self.show_words_form(request, get_text("error.words.wait"), status=429)
        typed = request.POST.get("words", "")
        parsed, again = parse_words(typed), request.POST.get("again")
        if again:
            said = get_text("error.broken") if again == "broken" else describe_miss(parsed)
            return self.show_words_form(request, said, status=422, typed=typed, again=again)
        try:
            words = hash_words(parsed)
        except TooManyAtOnce:
            return self.show_words_form(request, get_text("error.broken"), status=503, typed=typed, again="broken")
        response, other = find_response(words), self.find_other(words)
        if response is not None:
            return self._show_status(request, response)
        if other is not None:
            return self.show_other(request, other, words)
        lookup_limit.add(request)
        return self.show_words_form(request, describe_miss(parsed), status=422, typed=typed)

    def _show_status(self, request, response, done=""):
        consultation = response.version.page
        became = find_outcomes([consultation], get_language()).get(consultation.pk)
        decisions = list(self.decisions_for(consultation))
        done = done or request.POST.get("done", "")
        reference = encrypt_reference(PURPOSE, response.pk.bytes)
        context = {
            "status": get_receipt_status(response),
            "title": localised_text(response.version.content["title"], get_language()),
            "title_in_english": get_language() not in response.version.content["title"],
            "became": became,
            "source": consultation,
            "promised": drop_past_day(consultation.feedback_date) if became is None else None,
            "poll": build_poll_context(consultation) if became and became.has_reportable_outcome else None,
            "decisions": decisions,
            "some_english": any(card["partly_english"] for _, cards in decisions for card in cards),
            "reference": reference,
            "done": get_text(done, **DONE[done]) if done in DONE else "",
            **repeat_posted_page(request, reference=reference, done=done),
        }
        return render_public_page(request, "consultation/receipts/status.html", context)

    def _with_reference(self, request):
        payload = decrypt_reference(PURPOSE, request.POST["reference"], max_age=GOOD_FOR)
        found = Response.objects.select_related("version__page").defer("version__content", "version__page__body")
        response = payload and found.filter(pk=uuid.UUID(bytes=payload)).first()
        if not response:
            return self.show_words_form(request, get_text("error.words"), status=422)
        doing = {"ask": self._ask_back, "yes": self._take_back, "words": self._wipe_words}
        return doing.get(request.POST.get("back", ""), self._show_status)(request, response)

    def _ask_back(self, request, response):
        reference = encrypt_reference(PURPOSE, response.pk.bytes)
        context = {
            "reference": reference,
            **repeat_posted_page(request, reference=reference, back="ask"),
            "status": get_receipt_status(response),
            "apart": has_equality_questions(response.version.content),
        }
        return render_public_page(request, "consultation/receipts/take_back.html", context)

    def _take_back(self, request, response):
        done = self.take_back(response)
        response.refresh_from_db()
        return self._show_status(request, response, done)

    def _wipe_words(self, request, response):
        done = self.wipe_words(response)
        return self._show_status(request, response, done)

"""Receipt pages: reveal the four words, look up a response, withdraw it. Personal content is only sent in reply to POST.

`ReceiptView` is completed in higher layers, which know how to withdraw answers and which decisions were published.
"""

import time
import uuid
from abc import ABC, abstractmethod

from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.http import require_POST

from consultation.questionnaires.aftermath import became_of
from consultation.questionnaires.landing import still_ahead
from consultation.questionnaires.schema import said
from consultation.receipts.actions import look_up, spelled, tell
from consultation.receipts.heard.views import poll
from consultation.receipts.offer import taken_up
from consultation.receipts.status import status_of
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.errors import not_found
from consultation.respondents.limits import Limit
from consultation.respondents.origin import respondent_view
from consultation.respondents.references import disclose, enclose
from consultation.respondents.switches import switches_in
from consultation.responses.apart import asks_apart
from consultation.responses.models import Response
from consultation.words import word

tries = Limit(times=5)
PURPOSE = "receipt opened"
GOOD_FOR = 30 * 60
# Hit and miss are answered after the same time, longer than either takes, so that timing tells nothing.
EVEN_SECONDS = 0.25


@respondent_view
@require_POST
def show_words(request):
    """Show the four words for the answers just sent; once more to someone who missed them."""
    reference = taken_up(request.POST.get("reference", ""))
    response = reference and Response.objects.filter(pk=reference[0], withdrawn=False).first()
    if not response:
        return not_found(request)
    context = {**public(request), "reference": request.POST["reference"], "switches": switches_in(request.POST)}
    if "have" in request.POST:
        return page(request, render_to_string("consultation/receipts/after.html", context))
    context["told"] = tell(response=response, seed=reference[1])
    return page(request, render_to_string("consultation/receipts/words.html", context))


@method_decorator(respondent_view, name="dispatch")
class ReceiptView(View, ABC):
    """GET asks for four words; POST looks them up, and withdraws the answers after a confirmation."""

    http_method_names = ["get", "head", "post", "options"]

    def decisions_for(self, consultation):
        """Cards (components/decision_card.html) of all published decisions of the consultation, whatever the answer."""
        return []

    @abstractmethod
    def take_back(self, response):
        """Withdraw the answers. Returns the key of the interface text that says what happened."""

    @abstractmethod
    def wipe_words(self, response):
        """Erase the texts of answers that are already counted; returns as above."""

    def get(self, request):
        return self._ask(request)

    def post(self, request):
        return self._with_reference(request) if "reference" in request.POST else self._look_up(request)

    def _ask(self, request, problem="", status=200):
        return self._page(request, "consultation/receipts/ask.html", {"problem": problem}, status)

    def _page(self, request, template, context, status=200):
        return page(request, render_to_string(template, {**public(request), **context}), status=status)

    def _look_up(self, request):
        ends = time.monotonic() + EVEN_SECONDS
        answer = self._found(request)
        time.sleep(max(0.0, ends - time.monotonic()))
        return answer

    def _found(self, request):
        if tries.reached(request):
            return self._ask(request, word("error.words.wait"), status=429)
        response = look_up(spelled(request.POST.get("words", "")))
        if response is None:
            tries.add(request)
            return self._ask(request, word("error.words"), status=422)
        return self._status(request, response)

    def _status(self, request, response, done=""):
        consultation = response.version.page
        became = became_of([consultation], get_language()).get(consultation.pk)
        decisions = list(self.decisions_for(consultation))
        context = {
            "status": status_of(response),
            "title": said(response.version.content["title"], get_language()),
            "title_in_english": get_language() not in response.version.content["title"],
            "became": became,
            "source": consultation,
            "promised": still_ahead(consultation.feedback_date) if became is None else None,
            "poll": poll(consultation) if became and became.is_heard_of else None,
            "decisions": decisions,
            "some_english": any(card["partly_english"] for card in decisions),
            "reference": enclose(PURPOSE, response.pk.bytes),
            "done": done,
        }
        return self._page(request, "consultation/receipts/status.html", context)

    def _with_reference(self, request):
        payload = disclose(PURPOSE, request.POST["reference"], max_age=GOOD_FOR)
        found = Response.objects.select_related("version__page").defer("version__content", "version__page__body")
        response = payload and found.filter(pk=uuid.UUID(bytes=payload)).first()
        if not response:
            return self._ask(request, word("error.words"), status=422)
        doing = {"ask": self._ask_back, "yes": self._take_back, "words": self._wipe_words}
        return doing.get(request.POST.get("back", ""), self._status)(request, response)

    def _ask_back(self, request, response):
        context = {
            "reference": enclose(PURPOSE, response.pk.bytes),
            "status": status_of(response),
            "apart": asks_apart(response.version.content),
        }
        return self._page(request, "consultation/receipts/take_back.html", context)

    def _take_back(self, request, response):
        done = self.take_back(response)
        response.refresh_from_db()
        return self._status(request, response, word(done, days=35) if done else "")

    def _wipe_words(self, request, response):
        done = self.wipe_words(response)
        return self._status(request, response, word(done))

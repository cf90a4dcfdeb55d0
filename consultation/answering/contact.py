"""`/<lang>/contact/`: "Ask someone to contact me" (D3). The request has its own table and no link to answers.

A person who ticks the box and gives their four words attaches a sealed copy of their texts.
"""

import hashlib
import hmac
import json
import secrets
import time
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from consultation.questionnaires.schema import Questionnaire, said
from consultation.receipts.actions import look_up, spelled
from consultation.receipts.views import EVEN_SECONDS, tries
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view
from consultation.respondents.references import derived_key, disclose, enclose
from consultation.safeguarding import clocks
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.duty.hours import week
from consultation.words import word

PURPOSE = "contact form"
DAY = 24 * 60 * 60
LONGEST = {"name": 80, "how": 300, "when": 200, "not_say": 500}


@dataclass
class Form:
    """A posted contact request and its problems by field name."""

    values: dict
    token: bytes | None
    problems: dict

    @classmethod
    def read(cls, request):
        values = {name: request.POST.get(name, "").strip()[:longest] for name, longest in LONGEST.items()}
        values |= {"attach": request.POST.get("attach") == "yes", "words": request.POST.get("words", "")[:200]}
        token = disclose(PURPOSE, request.POST.get("token", ""), max_age=settings.FORM_TOKEN_DAYS * DAY)
        problems = {}
        if token is None:
            problems["send"] = word("error.old")
        if not values["how"]:
            problems["how"] = word("error.contact")
        return cls(values, token, problems)

    def key(self):
        """A UUID derived from the content: the same form sent twice is one request, a changed form is another."""
        content = json.dumps(self.values, sort_keys=True).encode()
        return uuid.UUID(bytes=hmac.digest(derived_key(PURPOSE), self.token + content, hashlib.sha256)[:16], version=4)


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    if request.method != "POST":
        return _ask(request, {}, {})
    form = Form.read(request)
    response = _response_behind(request, form)
    if form.problems:
        return _ask(request, form.values, form.problems, status=422)
    fields = {name: form.values[name] for name in LONGEST}
    request_contact(**fields, language=get_language(), attached=_copies(response), key=form.key())
    return _page(request, "consultation/answering/contact_sent.html", {"days": 30})


def _response_behind(request, form):
    """The response of the four words, with the try limit and the constant response time of the receipt page."""
    if not form.values["attach"]:
        return None
    if tries.reached(request):
        form.problems["words"] = word("error.words.wait")
        return None
    ends = time.monotonic() + EVEN_SECONDS
    response = look_up(spelled(form.values["words"]))
    if response is None:
        tries.add(request)
        form.problems["words"] = word("error.words")
    time.sleep(max(0.0, ends - time.monotonic()))
    return response


def _copies(response):
    """[(question as asked, sealed text)]; a web process holds no key to open the texts."""
    if response is None:
        return []
    version = response.version
    questionnaire, source = Questionnaire(version.content), version.content["source"]
    return [
        (
            said((questionnaire.by_id(answer.question) or {"text": {}})["text"], response.language, source),
            answer.sealed,
        )
        for answer in response.answers.all()
        if answer.sealed
    ]


def _ask(request, values, problems, status=200):
    due = clocks.due_at("T2", timezone.now(), week())
    context = {
        "token": enclose(PURPOSE, secrets.token_bytes(16))
        if "send" in problems or not values
        else request.POST["token"],
        "values": values,
        "problems": problems,
        "day": due.date(),
    }
    return _page(request, "consultation/answering/contact.html", context, status)


def _page(request, template, context, status=200):
    return page(request, render_to_string(template, {**public(request), **context}), status=status)

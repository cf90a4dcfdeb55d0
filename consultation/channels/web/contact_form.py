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

from consultation.channels.web.mailbox_pages import CONTACT_FORM, find_length_problem, show_mailbox_words
from consultation.interface_text import get_text
from consultation.receipts.actions import find_response, parse_words
from consultation.receipts.views import LOOKUP_SECONDS, lookup_limit
from consultation.respondent_pages.encrypted_references import decrypt_reference, derive_key, encrypt_reference
from consultation.respondent_pages.precompressed_pages import build_page_response
from consultation.respondent_pages.public_context import build_public_context
from consultation.respondent_pages.request_origin import respondent_view
from consultation.responses.asked_question import get_asked_text
from consultation.safeguarding import clocks
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.mailbox.actions import open_mailbox

PURPOSE = CONTACT_FORM
DAY = 24 * 60 * 60
MAILBOX_FIELDS = ("message", "how", "when", "not_say")
MAX_LENGTHS = {"name": 80, "how": 300, "when": 200, "not_say": 500}


@dataclass
class ContactRequestForm:
    """A posted contact request and its problems by field name."""

    values: dict
    token: bytes | None
    problems: dict

    @classmethod
    def read(cls, request):
        values = {name: request.POST.get(name, "").strip()[:longest] for name, longest in MAX_LENGTHS.items()}
        values |= {"attach": request.POST.get("attach") == "yes", "words": request.POST.get("words", "")[:200]}
        values |= {"mailbox": request.POST.get("mailbox") == "yes", "message": request.POST.get("message", "").strip()}
        token = decrypt_reference(PURPOSE, request.POST.get("token", ""), max_age=settings.FORM_TOKEN_DAYS * DAY)
        problems = {}
        if token is None:
            problems["send"] = get_text("error.old")
        if not values["how"] and not values["mailbox"]:
            problems["how"] = get_text("error.contact")
        if problem := find_length_problem(values["message"]):
            problems["message"] = problem
        return cls(values, token, problems)

    def seed(self):
        """A secret derived from the content: the same form sent twice has the same one, a changed form another."""
        content = json.dumps(self.values, sort_keys=True).encode()
        return hmac.digest(derive_key(PURPOSE), self.token + content, hashlib.sha256)

    def key(self):
        return uuid.UUID(bytes=self.seed()[:16], version=4)

    def first_message(self):
        """All that was written, for the lead who answers in a mailbox."""
        return "\n\n".join(self.values[name] for name in ("name", *MAILBOX_FIELDS) if self.values[name])


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def show_contact_form(request):
    if request.method != "POST":
        return _show_empty_contact_form(request, {}, {})
    form = ContactRequestForm.read(request)
    response = _find_attached_response(request, form) if form.values["attach"] else None
    if form.problems:
        return _show_empty_contact_form(request, form.values, form.problems, status=422)
    fields = {name: form.values[name] for name in MAX_LENGTHS}
    # A web process holds no key to open the texts, so their sealed bytes are copied.
    answers = response.answers.all() if response else ()
    attached = [(get_asked_text(answer), answer.sealed) for answer in answers if answer.sealed]
    if form.values["mailbox"]:
        words = open_mailbox(seed=form.seed(), text=form.first_message(), language=get_language(), attached=attached)
        return show_mailbox_words(request, words)
    request_contact(
        message=form.values["message"], **fields, language=get_language(), attached=attached, key=form.key()
    )
    return _render_contact_page(request, "consultation/channels/web/contact_sent.html", {"days": 30})


def _find_attached_response(request, form):
    """The response of the four words, with the try limit and the constant response time of the receipt page."""
    if lookup_limit.is_limit_reached(request):
        form.problems["words"] = get_text("error.words.wait")
        return None
    ends = time.monotonic() + LOOKUP_SECONDS
    response = find_response(parse_words(form.values["words"]))
    if response is None:
        lookup_limit.add(request)
        form.problems["words"] = get_text("error.words")
    time.sleep(max(0.0, ends - time.monotonic()))
    return response


def _show_empty_contact_form(request, values, problems, status=200):
    day = clocks.case_due_at("T2", timezone.now(), get_working_week()).date()
    new = "send" in problems or not values
    token = encrypt_reference(PURPOSE, secrets.token_bytes(16)) if new else request.POST["token"]
    context = {"token": token, "values": values, "problems": problems, "day": day}
    return _render_contact_page(request, "consultation/channels/web/contact.html", context, status)


def _render_contact_page(request, template, context, status=200):
    return build_page_response(
        request, render_to_string(template, {**build_public_context(request), **context}), status=status
    )

"""`/<lang>/contact/`: "Ask someone to contact me" (D3). The request has its own table and no link to answers.

A person who ticks the box and gives their four words attaches a sealed copy of their texts.
"""

import hashlib
import hmac
import json
import secrets
import uuid
from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from consultation.channels.web.form_parsing import clean_text
from consultation.channels.web.mailbox_pages import (
    CONTACT_FORM,
    MAX_LETTERS,
    repeat_mailbox_words,
    show_mailbox_words,
)
from consultation.interface_text import LANGUAGES, get_text
from consultation.interface_text.written_dates import name_weekday, write_out_weekday
from consultation.receipts.actions import find_response, parse_words
from consultation.receipts.views import describe_miss, lookup_limit
from consultation.respondent_pages.encrypted_references import decrypt_reference, derive_key, encrypt_reference
from consultation.respondent_pages.error_pages import log_failure
from consultation.respondent_pages.four_words import hash_words
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.respondent_pages.slow_hash import TooManyAtOnce
from consultation.responses.asked_question import get_asked_text
from consultation.safeguarding import clocks
from consultation.safeguarding.actions import request_contact
from consultation.safeguarding.contact_requests import contact_choices
from consultation.safeguarding.contact_requests.contact_choices import ContactChoices
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.help.needs import AGE_BANDS
from consultation.safeguarding.mailbox.actions import open_mailbox

PURPOSE = CONTACT_FORM
DAY = 24 * 60 * 60
KEPT_DAYS = 30
MAX_LENGTHS = {"name": 80, "how": 300, "when": 300, "not_say": 500, "message": MAX_LETTERS}


@dataclass
class ContactRequestForm:
    """A contact request as typed, and its problems by field name. Nothing typed is cut: what is too long is a problem."""

    texts: dict
    choices: ContactChoices
    language: str
    attach: bool
    words: str
    token: bytes | None
    problems: dict

    @classmethod
    def read(cls, request):
        posted = request.POST
        given = {name: posted.getlist(name) for name in ("about", "days", "times")}
        given |= {name: posted.get(name, "") for name in ("way", "age")}
        language = posted.get("language", "")
        form = cls(
            texts={name: clean_text(posted.get(name, "")).strip() for name in MAX_LENGTHS},
            choices=ContactChoices.known_in(given),
            language=language if any(language == each.code for each in LANGUAGES) else get_language(),
            attach=posted.get("attach") == "yes",
            words=clean_text(posted.get("words", "")).strip(),
            token=decrypt_reference(PURPOSE, posted.get("token", ""), max_age=settings.FORM_TOKEN_DAYS * DAY),
            problems={},
        )
        form._find_problems()
        return form

    def _find_problems(self):
        if self.token is None:
            self.problems["send"] = get_text("contact.old")
        if not self.choices.way:
            self.problems["way"] = get_text("error.contact")
        elif not self.opens_mailbox and not self.texts["how"]:
            self.problems["how"] = get_text("error.contact")
        for name, most in MAX_LENGTHS.items():
            if len(self.texts[name]) > most:
                self.problems[name] = get_text("error.long", n=len(self.texts[name]) - most)

    @property
    def opens_mailbox(self):
        return self.choices.way == "mailbox"

    def seed(self):
        """A secret derived from the content: the same form sent twice has the same one, a changed form another."""
        content = json.dumps(
            [self.texts, asdict(self.choices), self.language, self.attach, self.words], sort_keys=True
        )
        return hmac.digest(derive_key(PURPOSE), self.token + content.encode(), hashlib.sha256)

    def keep(self, attached):
        """The stored request."""
        return request_contact(
            **self.texts,
            choices=asdict(self.choices),
            language=self.language,
            attached=attached,
            key=uuid.UUID(bytes=self.seed()[:16], version=4),
        )

    def open_mailbox(self, attached):
        """The four words of a mailbox whose first message holds all that was written and picked."""
        parts = [self.texts[name] for name in ("name", "message", "how", "when", "not_say")]
        picked = [f"{name}: {words}" for name, words in replace(self.choices, way="").describe()]
        text = "\n\n".join(part for part in (*parts, *picked) if part)
        return open_mailbox(seed=self.seed(), text=text, language=self.language, attached=attached)


@respondent_view
def show_contact_form(request):
    if request.method != "POST":
        return _show_form(request)
    if repeated := _repeat_answer(request):
        return repeated
    form = ContactRequestForm.read(request)
    if "again" in request.POST:
        return _show_form(request, form, status=422)
    response = _find_attached_response(request, form) if form.attach else None
    if form.problems:
        return _show_form(request, form, status=422)
    # A web process holds no key to open the texts: it copies their seals.
    answers = response.answers.all() if response else ()
    attached = [(get_asked_text(answer), answer.sealed) for answer in answers if answer.sealed]
    try:
        if form.opens_mailbox:
            return show_mailbox_words(request, form.open_mailbox(attached))
        contact = form.keep(attached)
    except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
        log_failure(error, "answering:contact")
        form.problems["send"] = get_text("contact.ours")
        return _show_form(request, form, status=503)
    return _show_sent(request, contact.due)


def _repeat_answer(request):
    """The page of what was sent, in another language; None where nothing was sent yet."""
    again = request.POST.get("again")
    if again == "words":
        return repeat_mailbox_words(request)
    return (
        _show_sent(request, clocks.case_due_at("T2", timezone.now(), get_working_week())) if again == "sent" else None
    )


def _show_sent(request, due):
    context = {"days": KEPT_DAYS, "day": write_out_weekday(due), **repeat_posted_page(request, again="sent")}
    return render_public_page(request, "consultation/channels/web/contact_sent.html", context)


def _find_attached_response(request, form):
    """The response of the four words, with the try limit and the slow hash of the receipt page."""
    if lookup_limit.is_limit_reached(request):
        form.problems["words"] = get_text("error.words.wait")
        return None
    words = parse_words(form.words)
    try:
        response = find_response(hash_words(words))
    except TooManyAtOnce:
        form.problems["words"] = get_text("error.broken")
        return None
    if response is None:
        lookup_limit.add(request)
        form.problems["words"] = describe_miss(words)
    return response


def _show_form(request, form=None, status=200):
    """The empty form, or the one that came back with all that was typed and picked."""
    week, choices = get_working_week(), form.choices if form else ContactChoices()
    day = clocks.case_due_at("T2", timezone.now(), week)
    context = {
        "token": request.POST["token"] if form and form.token else encrypt_reference(PURPOSE, secrets.token_bytes(16)),
        "form": form,
        "problems": form.problems if form else {},
        "switches_form": "contact",
        "most": MAX_LENGTHS,
        "day": write_out_weekday(day),
        "ways": [
            (code, "mailbox.choose" if code == "mailbox" else f"contact.way.{code}", code == choices.way)
            for code in contact_choices.WAYS
        ],
        "subjects": [(code, f"need.{code}", code in choices.about) for code in contact_choices.SUBJECTS],
        "days": [
            (str(number), name_weekday(number), str(number) in choices.days)
            for number, hours in enumerate(week.hours)
            if hours
        ],
        "times": [(code, f"contact.time.{code}", code in choices.times) for code in contact_choices.TIMES],
        "ages": [(band, band == choices.age) for band in AGE_BANDS],
        "spoken": form.language if form else get_language(),
        **(repeat_posted_page(request, form="contact") if form else {}),
    }
    return render_public_page(request, "consultation/channels/web/contact.html", context, status=status)

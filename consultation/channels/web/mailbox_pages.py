"""A child's pages of a mailbox: its four words, what leads wrote, and a box to write again. No script is needed.

The child's own words are never shown: whoever finds the four words must not read them. The reference in the form opens
nothing either; it only lets its holder write.
"""

import json
import secrets
import uuid

from django.conf import settings
from django.utils import timezone

from consultation.interface_text import get_text
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.safeguarding import clocks
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.mailbox.actions import MailboxClosed, read_as_child, write_as_child
from consultation.safeguarding.mailbox.erasures import KEPT_DAYS
from consultation.safeguarding.mailbox.models import Mailbox

PURPOSE, CONTACT_FORM, WORDS_SHOWN = "mailbox opened", "contact form", "mailbox words shown"
LOST_BY_LANGUAGE = ("lang.wipes", "lang.words")
DAY = 24 * 60 * 60
ID_BYTES = NONCE_BYTES = 16
MAX_LETTERS = 5000


def find_length_problem(text):
    """The kind words for a message that is too long; "" for others. Nothing is ever cut."""
    return get_text("error.long", n=len(text) - MAX_LETTERS) if len(text) > MAX_LETTERS else ""


def show_mailbox_words(request, words):
    """The page after a form that opens a mailbox. `words` None: they were entered already, and are not shown again."""
    shown = encrypt_reference(WORDS_SHOWN, json.dumps(words).encode())
    context = {"told": words, "day": _aim_day(), "kept_days": KEPT_DAYS}
    return _render_page(request, "mailbox_words", context | repeat_posted_page(request, again="words", shown=shown))


def repeat_mailbox_words(request):
    """The same page in another language; None when the words were shown more than half an hour ago."""
    payload = decrypt_reference(WORDS_SHOWN, request.POST.get("shown", ""), max_age=30 * 60)
    return show_mailbox_words(request, json.loads(payload)) if payload else None


def _aim_day():
    """The day by which a lead answers, as said of every message: not even a T1 shows here."""
    return clocks.case_due_at("T2", timezone.now(), get_working_week()).date()


def show_mailbox(request, mailbox, words):
    """What leads wrote, and the box to write again. Another language asks for the words again: they alone open it."""
    messages = read_as_child(mailbox=mailbox, words=words)
    context = {"messages": messages, "page_path": request.path_info, "lost_by_language": LOST_BY_LANGUAGE}
    return _render_mailbox(request, mailbox, secrets.token_bytes(NONCE_BYTES), context)


def _render_mailbox(request, mailbox, nonce, context, status=200):
    reference = encrypt_reference(PURPOSE, mailbox.pk.bytes + nonce)
    own = {"mailbox": mailbox, "reference": reference, "kept_days": KEPT_DAYS}
    return _render_page(request, "mailbox", own | context, status)


def write_message(receipt_view, request):
    """Take what the child wrote. With a problem the box comes back filled, without what leads wrote."""
    payload = decrypt_reference(PURPOSE, request.POST["mailbox"], max_age=settings.FORM_TOKEN_DAYS * DAY)
    mailbox = payload and Mailbox.objects.filter(pk=uuid.UUID(bytes=payload[:ID_BYTES])).first()
    text = request.POST.get("message", "").strip()
    if request.POST.get("again") == "sent":
        return _show_sent(request, request.POST["mailbox"])
    if not mailbox:
        return _offer_new_mailbox(request, text) if text else receipt_view.show_words_form(request)
    nonce = payload[ID_BYTES:]
    problem = find_length_problem(text) if text else get_text("error.empty")
    if problem or "again" in request.POST:
        context = {"problem": problem, "typed": text} | repeat_posted_page(request, form="write")
        return _render_mailbox(request, mailbox, nonce, context, 422)
    try:
        write_as_child(mailbox=mailbox, text=text, nonce=nonce)
    except MailboxClosed:
        return _offer_new_mailbox(request, text)
    return _show_sent(request, request.POST["mailbox"])


def _show_sent(request, reference):
    same = repeat_posted_page(request, again="sent", mailbox=reference)
    return _render_page(request, "mailbox_sent", {"day": _aim_day()} | same)


def _offer_new_mailbox(request, text):
    """The mailbox was closed or erased meanwhile: one more press sends the words into a new one."""
    token = encrypt_reference(CONTACT_FORM, secrets.token_bytes(NONCE_BYTES))
    same = repeat_posted_page(request, path=request.path_info.replace("/receipt/", "/contact/"), form="write")
    return _render_page(request, "mailbox_closed", {"token": token, "typed": text} | same, 422)


def _render_page(request, name, context, status=200):
    return render_public_page(request, f"consultation/channels/web/{name}.html", context, status=status)

"""Public pages of commitments: what leaders promise, what groups do, and the form by which a group sends its own."""

import hashlib
import hmac
import secrets
import uuid

from django import forms
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.site.pages.language_links import list_language_links
from consultation.action_forms import PostedForm
from consultation.channels.web.form_parsing import clean_text
from consultation.interface_text import get_text
from consultation.respondent_pages.encrypted_references import decrypt_reference, derive_key, encrypt_reference
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view
from insights.commitments.actions import receive_offer
from insights.commitments.models import Commitment

PURPOSE = "offer of a group"
DAY_SECONDS = 24 * 60 * 60
MAX_LENGTHS = {"name": 120, "what": 600, "begins": 80, "contact": 200}
KEYS = {"name": "offer.group", "what": "offer.what", "begins": "offer.when", "contact": "offer.contact"}
HINTS = {"begins": "q.optional", "contact": "offer.contact.hint"}
offer_limit = RateLimit(times=10)


class OfferForm(PostedForm):
    """What a group writes. Nothing typed is cut: what is too long is a problem."""

    name = what = contact = forms.CharField(error_messages={"required": "offer.missing"})
    begins = forms.CharField(required=False)
    website = forms.CharField(required=False)  # hidden: only a program fills it
    token = forms.CharField(required=False)

    def clean(self):
        for name, most in MAX_LENGTHS.items():
            if (over := len(self.cleaned_data.get(name, "")) - most) > 0:
                self.add_error(name, get_text("error.long", n=over))
        self.nonce = decrypt_reference(PURPOSE, self.cleaned_data["token"], max_age=DAY_SECONDS)
        if self.nonce is None:
            self.add_error(None, get_text("contact.old"))

    @property
    def problems(self):
        """{field or "send": words} in the language of the page."""
        told = {name or "send": words[0] for name, words in self.errors.items()}
        return {
            name.replace("__all__", "send"): get_text(words) if words == "offer.missing" else words
            for name, words in told.items()
        }

    def keep(self):
        """Keep it once, however often it is sent; what a program wrote is not kept."""
        if self.cleaned_data["website"]:
            return
        said = {name: clean_text(self.cleaned_data[name]).strip() for name in MAX_LENGTHS}
        digest = hmac.digest(derive_key(PURPOSE), self.nonce + repr(sorted(said.items())).encode(), hashlib.sha256)
        receive_offer(key=uuid.UUID(bytes=digest[:16], version=4), language=get_language(), **said)


def _render_list(request, kind, path, found):
    context = {
        "kind": kind,
        "found": found.select_related("results__consultation").prefetch_related("notes", "decisions"),
        "here": path,
        "language_links": list_language_links(path),
        "social": {"title": get_text(f"{kind}.title"), "words": get_text(f"{kind}.intro")},
    }
    return render_public_page(request, "cms/site/pages/commitments.html", context)


@respondent_view
@require_safe
def show_pledges(request):
    return _render_list(request, "pledge", "pledges/", Commitment.objects.pledges().published().order_by("due", "pk"))


@respondent_view
@require_safe
def show_offers(request):
    return _render_list(request, "offer", "what-groups-do/", Commitment.objects.offers().published())


@respondent_view
def send_offer(request):
    form = OfferForm.of(request)
    if request.method != "POST":
        return _show_form(request, form, {})
    if request.POST.get("again") == "sent":
        return _show_sent(request)
    if offer_limit.is_limit_reached(request):
        return _show_form(request, form, {"send": get_text("error.words.wait")}, status=429)
    if not form.is_valid() or "again" in request.POST:
        return _show_form(request, form, form.problems, status=422)
    offer_limit.add(request)
    form.keep()
    return _show_sent(request)


def _show_sent(request):
    same = repeat_posted_page(request, again="sent")
    return render_public_page(request, "cms/site/pages/offer.html", {"sent": True} | same)


def _show_form(request, form, problems, status=200):
    fields = [
        {"name": name, "key": key, "value": form.typed(name), "most": MAX_LENGTHS[name], "problem": problems.get(name),
         "long": name == "what", "hint": HINTS.get(name, "")}
        for name, key in KEYS.items()
    ]  # fmt: skip
    token = encrypt_reference(PURPOSE, secrets.token_bytes(16))
    if form.is_bound and decrypt_reference(PURPOSE, form.typed("token"), max_age=DAY_SECONDS) is not None:
        token = form.typed("token")
    summary = [{"name": name, "key": KEYS.get(name, ""), "problem": words} for name, words in problems.items()]
    context = {"fields": fields, "problems": problems, "summary": summary, "token": token}
    if form.is_bound:
        context |= repeat_posted_page(request, form="offer")
    return render_public_page(request, "cms/site/pages/offer.html", context, status=status)

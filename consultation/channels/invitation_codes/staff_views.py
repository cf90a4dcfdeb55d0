"""Staff pages of invitation codes: make a batch, print its cards once, see about how many were used."""

import io
import secrets

import segno
from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.access import staff_view
from consultation.branding.current_branding import get_branding
from consultation.channels.invitation_codes import actions
from consultation.channels.invitation_codes.models import CodeBatch
from consultation.channels.short_links.actions import get_card_link
from consultation.channels.web.staff_consultations import (
    LanguageForm,
    published_consultations,
)
from consultation.interface_text import text_direction
from consultation.respondent_pages.code_spelling import format_code
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference

PURPOSE = "invitation codes"
GOOD_FOR = 30 * 60
PAGE_TOO_OLD = "This page was open for too long. No codes were made. Press the button again."


class CodeBatchForm(LanguageForm):
    label = forms.CharField(
        max_length=60, help_text="Who hands them out, such as “Youth club, Wednesdays”. Only staff see it."
    )
    number = forms.IntegerField(
        min_value=1,
        max_value=actions.MAX_CODES_PER_BATCH,
        label="How many codes",
        help_text=f"Up to {actions.MAX_CODES_PER_BATCH}. With 40 or more you will see roughly how many were used.",
    )
    language = forms.ChoiceField(help_text="The language of the cards, and of the page that they open.")


def describe_codes(page):
    return f"{sum(batch.number for batch in page.code_batches.all()) or 'No'} codes"


@staff_view("consultation.edit_consultation")
def edit_code_batches(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    form = CodeBatchForm.of(request, page=page)
    if form.is_valid():
        seed = decrypt_reference(PURPOSE, request.POST.get("seed", ""), max_age=GOOD_FOR)
        if seed:
            return _show_code_cards(request, page, form.cleaned_data, seed)
        messages.error(request, PAGE_TOO_OLD)
    context = {
        "page": page,
        "batches": page.code_batches.all(),
        "form": form,
        "seed": encrypt_reference(PURPOSE, secrets.token_bytes(actions.SEED_BYTES)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultation/channels/invitation_codes/consultation.html", context, status=status)


def _show_code_cards(request, page, said, seed):
    """The only page that shows the codes. A reload shows the same ones for half an hour."""
    batch, codes = actions.make_code_batch(
        consultation=page, label=said["label"], number=said["number"], by=request.user, seed=seed
    )
    language = said["language"]
    with override(language):
        address = get_card_link(page=page, language=language, by=request.user).address + "code/"
        context = {
            "batch": batch,
            "page": page,
            "language": language,
            "direction": text_direction(language),
            "address": address.partition("//")[2].rstrip("/"),
            "cards": [
                {"code": format_code(code), "square": code_card_qr_svg(f"{address}#{format_code(code)}")}
                for code in codes
            ],
            "logo": get_branding().logo,
        }
        return render(request, "consultation/channels/invitation_codes/cards.html", context)


def code_card_qr_svg(address):
    """A QR code as SVG. The invitation code is in the fragment (#), which a browser does not send."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, light="#fff"
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308  (segno's own markup)


@staff_view("consultation.edit_consultation", method="POST")
def save_code_batch_switch(request, pk):
    batch = get_object_or_404(CodeBatch, pk=pk)
    off = request.POST.get("do") == "off"
    actions.switch_code_batch(batch=batch, off=off, by=request.user)
    messages.success(request, f"{batch.label}: the codes {'no longer work' if off else 'work again'}.")
    return redirect("invitation-codes:consultation", page=batch.consultation_id)

"""Staff pages of invitation codes: make a batch, print its cards once, see the rounded number of used codes."""

import io
import secrets

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.answering.codes import actions
from consultation.answering.codes.models import CodeBatch
from consultation.answering.codes.spelling import shown
from consultation.answering.staff import asked_consultations, languages_asked, officers
from consultation.respondents.references import disclose, enclose
from consultation.words import direction

PURPOSE = "invitation codes"
GOOD_FOR = 30 * 60
TOO_OLD = "This page was open for too long. No codes were made. Press the button again."


class BatchForm(forms.Form):
    label = forms.CharField(
        max_length=60, help_text="Who hands them out, such as “Youth club, Wednesdays”. Only staff see it."
    )
    number = forms.IntegerField(
        min_value=1,
        max_value=actions.MOST_CODES,
        label="How many codes",
        help_text=f"Up to {actions.MOST_CODES}. With {actions.FROM + actions.NEAR_WHOLE} or more you will see roughly "
        "how many were used.",
    )
    language = forms.ChoiceField(help_text="The language of the cards, and of the page that they open.")

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_asked(page)


@officers
@require_safe
def consultations(request):
    pages = asked_consultations().prefetch_related("code_batches")
    rows = [{"page": page, "says": _counted(page.code_batches.all())} for page in pages]
    return render(request, "consultation/answering/codes/consultations.html", {"rows": rows})


def _counted(batches):
    codes = sum(batch.number for batch in batches)
    return f"{codes} codes" if codes else "No codes"


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    form = BatchForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_bound and form.is_valid():
        seed = disclose(PURPOSE, request.POST.get("seed", ""), max_age=GOOD_FOR)
        if seed:
            return _cards(request, page, form.cleaned_data, seed)
        messages.error(request, TOO_OLD)
    return _page(request, page, form)


def _page(request, page, form):
    context = {
        "page": page,
        "batches": page.code_batches.all(),
        "form": form,
        "from": actions.FROM,
        "seed": enclose(PURPOSE, secrets.token_bytes(actions.SEED_BYTES)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultation/answering/codes/consultation.html", context, status=status)


def _cards(request, page, said, seed):
    """The only page that shows the codes. A reload shows the same ones for half an hour."""
    batch, codes = actions.make_batch(
        consultation=page, label=said["label"], number=said["number"], by=request.user, seed=seed
    )
    language = said["language"]
    with override(language):
        path = reverse("answering:code", kwargs={"slug": page.slug})
    address = f"{settings.SITE_URL.rstrip('/')}{path}"
    with override(language):
        context = {
            "batch": batch,
            "page": page,
            "language": language,
            "direction": direction(language),
            "address": address.partition("//")[2],
            "cards": [{"code": shown(code), "square": square(f"{address}#{shown(code)}")} for code in codes],
            "partnership": settings.PARTNERSHIP,
        }
        return render(request, "consultation/answering/codes/cards.html", context)


def square(address):
    """A QR code as SVG. The invitation code is in the fragment (#), which a browser does not send."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, light="#fff"
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308  (segno's own markup)


@officers
@require_POST
def switch(request, pk):
    batch = get_object_or_404(CodeBatch, pk=pk)
    off = request.POST.get("do") == "off"
    actions.switch(batch=batch, off=off, by=request.user)
    messages.success(request, f"{batch.label}: the codes {'no longer work' if off else 'work again'}.")
    return redirect("invitation-codes:consultation", page=batch.consultation_id)

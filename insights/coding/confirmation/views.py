"""The page on which people draw a confirmation sample and follow how far it is read."""

from math import ceil

from django import forms
from django.shortcuts import redirect, render

from consultation.access import staff_view
from insights.access import require_consultation
from insights.coding.codebook_in_force import codebook_version
from insights.coding.confirmation import sample_overview
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import USUAL, reading_time_in_words
from insights.corpus.models import Text
from insights.forms import save_form


class DrawConfirmationSampleForm(forms.Form):
    half_width = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="How far may a number be off, because a sample was read and not everything?",
        help_text="As it is for a theme that half of all people speak of; others are off by less. In a report the line "
        "beside a number is longer, since it allows for chance and for what protects people, too.",
        error_messages={"required": "Choose how far a number may be off."},
    )

    def __init__(self, *args, offers, some_drawn=False, **kwargs):
        super().__init__(*args, **kwargs)
        widths = [offer.half_width for offer in offers]
        self.fields["half_width"].choices = [
            (offer.half_width, _describe_offer(offer, some_drawn)) for offer in offers
        ]
        self.fields["half_width"].initial = USUAL if USUAL in widths else next(iter(widths), None)


def _describe_offer(offer, some_drawn):
    """The work alone, and no exact size: that of everyone would say how many have answered so far."""
    answers = f"up to {10 * ceil(offer.answers / 10)}{' more' if some_drawn else ''} answers to read"
    exact = "Not at all, with everyone" if offer.is_everyone else f"By {offer.half_width} in 100 at most"
    return f"{exact}: {answers}, {reading_time_in_words(offer.answers)}"


@staff_view("insights.code_themes")
def edit_confirmation_sample(request, slug):
    page = require_consultation(slug)
    newest = ConfirmationRound.objects.of(page).order_by("-below").first()
    offers = sample_overview.offer_samples(page)
    form = DrawConfirmationSampleForm(request.POST or None, offers=offers, some_drawn=newest is not None)
    if save_form(request, form, draw_confirmation_sample, "The sample is drawn.", consultation=page):
        return redirect("insights:confirmation-sample", slug)
    texts = Text.objects.of(page)
    context = {
        "section": "coding",
        "page": page,
        "form": form,
        "ready": codebook_version(page) is not None,
        "some": texts.exists(),
        "unread": texts.filter(status=None).exists(),
        "too_few": sample_overview.are_too_few_for_numbers(page),
    }
    if newest:
        context |= {
            "progress": sample_overview.sample_progress(page),
            "questions": sample_overview.progress_by_question(page),
            "mine": sample_overview.has_text_to_read(page, request.user),
            "newer": sample_overview.list_newer_themes(page),
            "to_confirm": sample_overview.list_themes_to_confirm(page),
            "joined": sample_overview.have_people_joined(page, newest),
        }
    status = 422 if form.errors else 200
    return render(request, "insights/coding/confirmation/sample.html", context, status=status)

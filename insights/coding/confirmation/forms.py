from math import ceil

from django import forms

from insights.coding.confirmation.sample_size import USUAL, reading_time_in_words


class DrawConfirmationSampleForm(forms.Form):
    half_width = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="How exact shall the numbers be?",
        help_text="As it is for a theme that half of all people name; other themes are known better.",
        error_messages={"required": "Choose how exact the numbers shall be."},
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
    exact = "Exact, with everyone" if offer.is_everyone else f"Within {offer.half_width} in 100"
    return f"{exact}: {answers}, {reading_time_in_words(offer.answers)}"

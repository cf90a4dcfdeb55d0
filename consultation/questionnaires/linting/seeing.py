"""Linter for the colour contrast of the site's branding."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.appearance import colours
from consultation.appearance.models import Appearance
from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import Overriding, Spot, linter

TOO_LITTLE = "{has:.1f} to 1, and {needs:.0f} to 1 is needed"
NEAREST = "Choose {nearest}, the nearest shade that works, or another dark one."


@linter(
    "contrast",
    title="Words in the site’s main colour are hard to read",
    reason="People with weak sight, on an old screen or in the sun, cannot read the buttons.",
    fix="Choose a darker main colour.",
    blocks=True,
    overriding=Overriding.NOBODY,
)
def contrast(draft: Draft) -> Iterator[Spot]:
    for look in Appearance.objects.filter(site__is_default_site=True):
        grounds = [colours.PAPER, colours.CARD]
        has = min(colours.ratio(look.main_colour, ground) for ground in grounds)
        if has < colours.ENOUGH:
            yield Spot(
                text=look.main_colour,
                found=TOO_LITTLE.format(has=has, needs=colours.ENOUGH),
                fix=NEAREST.format(nearest=colours.readable(look.main_colour, grounds)),
                url=reverse("wagtailsettings:edit", args=["consultation", "appearance", look.site_id]),
            )

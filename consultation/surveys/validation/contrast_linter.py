"""Linter for the colour contrast of the site's branding."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.branding import colours
from consultation.branding.models import Appearance
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, OverridePermission, register_linter

TOO_LITTLE = "{has:.1f} to 1, and {needs:.0f} to 1 is needed"
NEAREST = "Choose {nearest}, the nearest shade that works, or another dark one."


@register_linter(
    "contrast",
    title="Words in the site’s main colour are hard to read",
    reason="People with weak sight, on an old screen or in the sun, cannot read the buttons.",
    fix="Choose a darker main colour.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_contrast(draft: LintedDraft) -> Iterator[FindingSpot]:
    for look in Appearance.objects.filter(site__is_default_site=True):
        grounds = [colours.PAPER, colours.CARD]
        has = min(colours.contrast_ratio(look.main_colour, ground) for ground in grounds)
        if has < colours.TEXT_CONTRAST:
            yield FindingSpot(
                text=look.main_colour,
                found=TOO_LITTLE.format(has=has, needs=colours.TEXT_CONTRAST),
                fix=NEAREST.format(nearest=colours.nearest_readable_shade(look.main_colour, grounds)),
                url=reverse("wagtailsettings:edit", args=["consultation", "appearance", look.site_id]),
            )

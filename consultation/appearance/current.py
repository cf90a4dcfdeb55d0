"""The look as it is now, remembered in each process for PUBLISHED_SECONDS: no visit waits for it."""

import time
from dataclasses import dataclass

from django.conf import settings

from consultation.appearance import colours

LOGO = "max-240x80|format-webp"


@dataclass(frozen=True)
class Logo:
    src: str
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class Look:
    """What respondent pages need. Hashable: what is made once per look is kept under it."""

    style: str = ""  # CSS after the tokens
    exit_url: str = ""
    logo: Logo | None = None


_remembered: tuple[Look | None, float] = (None, 0.0)


def current() -> Look:
    global _remembered  # noqa: PLW0603  one value for the process
    look, until = _remembered
    if look is None or time.monotonic() >= until:
        look = _stored()
        _remembered = look, time.monotonic() + settings.PUBLISHED_SECONDS
    return look


def forget() -> None:
    """What an officer saves shows at once in the process that saved it, and in the others within PUBLISHED_SECONDS."""
    global _remembered  # noqa: PLW0603
    _remembered = None, 0.0


def _stored() -> Look:
    from consultation.appearance.models import Appearance

    found = Appearance.objects.filter(site__is_default_site=True).select_related("logo").first()
    if found is None:
        return Look(exit_url=settings.EXIT_URL)
    style = colours.stylesheet(found.main_colour, found.second_colour)
    return Look(style=style, exit_url=found.exit_url or settings.EXIT_URL, logo=_logo(found))


def _logo(appearance) -> Logo | None:
    """Drawn small when the look is saved: a visit only looks it up."""
    if appearance.logo is None:
        return None
    try:
        drawn = appearance.logo.get_rendition(LOGO)
    except OSError:  # the file is gone: a page without a logo is better than none
        return None
    return Logo(drawn.url, drawn.width, drawn.height, appearance.logo_text)

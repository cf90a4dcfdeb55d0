"""The look as it is now, remembered in each process for PUBLISHED_SECONDS: no visit waits for it."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

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
    exit_url: str = ""  # empty: the setting's
    logo: Logo | None = None


_remembered: tuple[Look | None, float] = (None, 0.0)


def current() -> Look:
    look, until = _remembered
    if look is None or time.monotonic() >= until:
        look = _stored()
        remember(look, seconds=settings.PUBLISHED_SECONDS)
    return look


def remember(look: Look | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603  one value for the process
    _remembered = look, time.monotonic() + seconds


def forget() -> None:
    """What an officer saves shows at once in the process that saved it, and in the others within PUBLISHED_SECONDS."""
    remember(None, seconds=0)


def _stored() -> Look:
    from consultation.appearance.models import Appearance

    try:
        found = Appearance.objects.filter(site__is_default_site=True).select_related("logo").first()
    except DatabaseError:  # the page that says so must come all the same
        found = None
    if found is None:
        return Look()
    style = colours.stylesheet(found.main_colour, found.second_colour)
    return Look(style=style, exit_url=found.exit_url, logo=_logo(found))


def _logo(appearance) -> Logo | None:
    """Drawn small when the look is saved: a visit only looks it up."""
    if appearance.logo is None:
        return None
    try:
        drawn = appearance.logo.get_rendition(LOGO)
    except OSError:  # the file is gone: a page without a logo is better than none
        return None
    return Logo(drawn.url, drawn.width, drawn.height, appearance.logo_text)

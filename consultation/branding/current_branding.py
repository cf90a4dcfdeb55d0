"""The current branding, remembered in each process for PUBLISHED_SECONDS so that no visit queries for it."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from consultation.branding import colours
from consultation.branding.models import Appearance
from consultation.domain.process_cache import CachedValue

LOGO_RENDITION = "max-240x80|format-webp"
PRINTED_LOGO_RENDITION = "max-960x320|format-webp"


@dataclass(frozen=True)
class Logo:
    src: str
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class SiteBranding:
    """Branding of respondent pages. Hashable: it is a cache key of rendered pages."""

    style: str = ""  # CSS after the tokens
    print_style: str = colours.build_print_stylesheet(
        colours.DEFAULT_MAIN, colours.DEFAULT_SECOND
    )  # of posters, cards
    colours: tuple[str, str] = (colours.DEFAULT_MAIN, colours.DEFAULT_SECOND)
    logo: Logo | None = None


@receiver(post_save, sender=Appearance, dispatch_uid="branding-saved")
def show_saved_branding(sender, *, instance, **kwargs) -> None:
    """The logo is rendered at once, so that no visitor waits for it, and the public pages change."""
    if instance.logo is not None:
        instance.logo.get_rendition(LOGO_RENDITION)
    transaction.on_commit(branding.clear)


def _load_branding(_: SiteBranding | None) -> SiteBranding:
    found = Appearance.objects.filter(site__is_default_site=True).select_related("logo").first()
    if found is None:
        return SiteBranding()
    style, logo = colours.build_colour_stylesheet(found.main_colour, found.second_colour), None
    with suppress(OSError):  # the file is gone: a page without a logo is better than none
        # The small rendition that was made when the branding was saved; a visit only looks it up.
        drawn = found.logo and found.logo.get_rendition(LOGO_RENDITION)
        logo = drawn and Logo(drawn.url, drawn.width, drawn.height, found.logo_text)
    printed = colours.build_print_stylesheet(found.main_colour, found.second_colour)
    pair = found.main_colour, found.second_colour
    return SiteBranding(style=style, print_style=printed, colours=pair, logo=logo)


def read_printed_logo() -> bytes:
    """The logo as WebP, large enough for paper."""
    found = Appearance.objects.select_related("logo").get(site__is_default_site=True, logo__isnull=False)
    with found.logo.get_rendition(PRINTED_LOGO_RENDITION).file.open() as opened:
        content: bytes = opened.read()
    return content


branding = CachedValue(_load_branding, lambda: settings.PUBLISHED_SECONDS, without_database=SiteBranding)
get_branding = branding.get

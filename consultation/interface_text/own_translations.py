"""Words of this installation in the language of a page: those of officers, and the partnership's name of the settings.

What nobody has translated is said in English and marked as English.
"""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from consultation.interface_text import get_text_html
from consultation.interface_text.own_texts import build_own_key, own_texts_asked
from consultation.interface_text.text_table import WORDS
from consultation.interface_text.translation_corrections import find_correction

PARTNERSHIP_KEY = "foot.partnership"


def find_own_translation(written: str) -> str:
    """A translation that one person wrote and another read, or ""."""
    found = find_correction(get_language() or "en", build_own_key(written))
    return found[0] if found else ""


def say_own_words(written: str) -> SafeString:
    if said := find_own_translation(written):
        return format_html("{}", said)
    return format_html('<span lang="en" dir="ltr">{}</span>', written) if written else SafeString()


def say_partnership_name() -> str:
    """A partnership that is called after its district has its name in every language."""
    if _has_usual_name():
        return get_text_html(PARTNERSHIP_KEY, district=settings.DISTRICT)
    return settings.PARTNERSHIP if get_language() == "en" else say_own_words(settings.PARTNERSHIP)


def _has_usual_name() -> bool:
    return WORDS[PARTNERSHIP_KEY].text.format(district=settings.DISTRICT) == settings.PARTNERSHIP


@receiver(own_texts_asked, dispatch_uid="partnership-name")
def offer_partnership_name(sender: Any, **kwargs: Any) -> list[tuple[str, str]]:
    return [] if _has_usual_name() or not settings.PARTNERSHIP else [(settings.PARTNERSHIP, "every page")]

"""Tells whether an edit of a page does nothing but take numbers down, which one person may do alone and at once."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.html import strip_tags
from wagtail.models import Page

NUMBER = re.compile(r"\+?\(?\d[\d\s()./–-]*\d")  # as people write a number to call or to text
FEWEST_DIGITS = 3
LINK = re.compile(r"<a\b[^>]*>")  # to a page of the site by its id, to another place by its address
CALL = re.compile(r'href="(?:tel|sms):')
WORDS = ("title", "slug", "seo_title", "search_description")


def takes_only_numbers_down(live: Page, edited: Page) -> bool:
    """Whether `edited` is `live` without one or more of its numbers, and with no other change of words or links."""
    if type(live) is not type(edited) or _read_plan(live) != _read_plan(edited):
        return False
    before, after = _read_words(live), _read_words(edited)
    gone, new = Counter(_list_numbers(before)), Counter(_list_numbers(after))
    return gone != new and new <= gone and _strip_numbers(before) == _strip_numbers(after)


def _read_plan(page: Page) -> tuple:
    return page.go_live_at, page.expire_at, page.show_in_menus


def _read_words(page: Page) -> list[str]:
    names = [*WORDS, *(field.name for field in page._meta.local_concrete_fields if not field.is_relation)]
    return [str(getattr(page, name)) for name in names]


def _list_numbers(words: list[str]) -> Iterator[str]:
    for text in words:
        yield from (link for link in LINK.findall(text) if CALL.search(link))
        yield from (found for found in NUMBER.findall(strip_tags(text)) if _is_number(found))


def _is_number(found: str) -> bool:
    return sum(letter.isdigit() for letter in found) >= FEWEST_DIGITS


def _strip_numbers(words: list[str]) -> list[tuple[str, list[str]]]:
    """Each text without its numbers, and the pages it links to."""
    return [
        (
            " ".join(NUMBER.sub(lambda found: "" if _is_number(found[0]) else found[0], strip_tags(text)).split()),
            [link for link in LINK.findall(text) if not CALL.search(link)],
        )
        for text in words
    ]

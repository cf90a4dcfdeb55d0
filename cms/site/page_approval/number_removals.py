"""Tells whether an edit of a page does nothing but take numbers down, which one person may do alone and at once."""

import re

from wagtail.models import Page

from consultation.domain.call_numbers import NUMBER, count_digits, normalise_numbers

FEWEST_DIGITS = 3
# What stands in a text: a link or picture, any other markup, a number, a word, a sign.
PART = re.compile(rf"(?P<link><(?:a|embed|img)\b[^>]*>)|<[^>]*>|(?P<number>{NUMBER.pattern})|\w+|[^\w\s]")
CALL = re.compile(r'href="(?:tel|sms):')
WORDS = ("title", "slug", "seo_title", "search_description")


def removes_only_numbers(live: Page, edited: Page) -> bool:
    """Whether `edited` is `live` without one or more of its numbers: all else stands in the same order, and each number
    that stays stands where it stood. Pages of more than one model, as campaigns, are never so."""
    if type(live) is not type(edited) or live._meta.get_parent_list() != [Page] or live._meta.many_to_many:
        return False
    if _read_plan(live) != _read_plan(edited):
        return False
    before, after = (map(_list_parts, _read_words(page)) for page in (live, edited))
    return _read_words(live) != _read_words(edited) and all(map(_is_shorter, before, after))


def _read_plan(page: Page) -> tuple:
    return page.go_live_at, page.expire_at, page.show_in_menus


def _read_words(page: Page) -> list[str]:
    names = [*WORDS, *(field.name for field in page._meta.local_concrete_fields if not field.is_relation)]
    return [str(getattr(page, name)) for name in names]


def _list_parts(text: str) -> list[tuple[str, bool]]:
    """[(part, whether it is a number or a link that calls it)]: markup other than links and pictures is left out."""
    parts = []
    for found in PART.finditer(normalise_numbers(text)):
        part, is_link = found[0], found["link"] is not None
        is_number = (
            bool(CALL.search(part)) if is_link else bool(found["number"]) and count_digits(part) >= FEWEST_DIGITS
        )
        if is_link or not part.startswith("<"):
            parts.append((part, is_number))
    return parts


def _is_shorter(before: list[tuple[str, bool]], after: list[tuple[str, bool]]) -> bool:
    """Whether `after` is `before` without some of its numbers."""
    at = 0
    for part, is_number in before:
        if at < len(after) and after[at] == (part, is_number):
            at += 1
        elif not is_number:
            return False
    return at == len(after)

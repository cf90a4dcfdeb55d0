"""The one place that cleans markup which an officer, a translator's file or an imported sheet brings in: allow-lists of
bleach, on its way into the database and once more out to a page.

What is plain text by rule loses its tags where a file brings it in (sheets, translations), and where results and
summaries are pasted; templates escape all of it. Behind both stands the content security policy, which lets no inline
script run.
"""

import html
import re
from functools import lru_cache
from typing import Any

import bleach
from bleach.html5lib_shim import HTML_TAGS
from django.core.exceptions import ValidationError
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

TAGS = frozenset({"a", "b", "br", "em", "h2", "h3", "hr", "i", "li", "ol", "p", "strong", "ul"})
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
STORED_ATTRIBUTES = {"a": ["href", "id", "linktype"], "*": ["data-block-key"]}  # as Wagtail keeps a link to a page
SHOWN_ATTRIBUTES = {"a": ["href"]}  # no id: it could take the place of an element that a script looks for
LONGEST = 100_000
MOST_ROUNDS = 5
# "<your name>": several words that begin with no element's name are a gap to fill in, not a tag.
NO_TAG = re.compile(rf"<(?=(?!(?:{'|'.join(HTML_TAGS)}|svg|math)\b)[^\W\d_]+(?: [^\W\d_]+)+>)", re.IGNORECASE)
MOST_TAGS = 4_000  # deeply nested tags take time that grows with their square
NO_MARKUP = "Markup is not allowed here. Take out what stands in < >."
TOO_MUCH = f"This is too long to be checked: {LONGEST:,} letters and {MOST_TAGS:,} marks are the most. Make two of it."


def clean_rich_text(markup: str) -> str:
    """Rich text as it may be stored. Raises ValidationError for more than can be checked."""
    return _clean_markup(markup, shown=False)


def clean_shown_markup(markup: str) -> str:
    """Rich text as it may stand on a page, with its links written out."""
    return _clean_markup(markup, shown=True)


@lru_cache(maxsize=200)
def _clean_markup(markup: str, *, shown: bool) -> str:
    if not shown:  # what is stored was bounded, and a page that is too long must open all the same
        _refuse_too_much(markup)
    attributes = SHOWN_ATTRIBUTES if shown else STORED_ATTRIBUTES
    return bleach.clean(markup, tags=TAGS, attributes=attributes, protocols=PROTOCOLS, strip=True)


def strip_markup(text: str) -> str:
    """A plain text without the tags that were pasted with it. "1 < 2", "<your name>" and "&amp;" stay, and a page escapes
    them. Raises ValidationError where tags hide in tags more than MOST_ROUNDS deep."""
    _refuse_too_much(text)
    for _ in range(MOST_ROUNDS):
        before = text
        if "<" in text:
            kept = NO_TAG.sub("&lt;", text.replace("&", "&amp;"))
            text = html.unescape(bleach.clean(kept, tags=(), strip=True))
        if text == before:
            return text
    raise ValidationError(NO_MARKUP)


def is_too_much(text: str) -> bool:
    return len(text) > LONGEST or text.count("<") > MOST_TAGS


def _refuse_too_much(text: str) -> None:
    if is_too_much(text):
        raise ValidationError(TOO_MUCH)


def holds_markup(text: str) -> bool:
    return strip_markup(text) != text


class CleanRichTextField(RichTextField):
    """The only rich text field: each way into the database, of a page or of its draft, asks `to_python`."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return clean_rich_text(found) if isinstance(found, str) else found


class CleanRichTextBlock(RichTextBlock):
    """The only rich text block of a stream."""

    def clean(self, value: Any) -> Any:
        return RichText(clean_rich_text(super().clean(value).source))

    def get_prep_value(self, value: Any) -> Any:
        return clean_rich_text(super().get_prep_value(value))

"""Faults of a translation, such as lost placeholders or markup, each as a sentence for the translator."""

import re
import string

from consultation.markup import NO_MARKUP, TOO_MUCH, clean_rich_text, holds_markup, is_too_much

# Phone numbers and names that every translation keeps (as for the interface text).
KEPT = ("999", "0800 1111", "SHOUT", "85258", "Childline")
WHOLE_TAG = re.compile(r"<[^<>]*>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def list_faults(source, text, *, limit=None, rich=False):
    """`source` and `text` as plain text, or with HTML tags if `rich`. `limit`: letters without tags."""
    if is_too_much(text):
        return [TOO_MUCH]
    found, length = [], len(WHOLE_TAG.sub("", text) if rich else text)
    if limit and length > limit:
        found.append(f"It is too long: {length} letters, and there is room for {limit}.")
    found += [*_list_placeholder_faults(source, text), *_list_markup_faults(source, text, rich)]
    found += [
        f"It lost {token}: keep it as it is."
        for token in KEPT
        if _contains_token(source, token) and not _contains_token(text, token)
    ]
    return found + (["It has a letter that no page can show."] if CONTROL.search(text) else [])


def _list_placeholder_faults(source, text):
    """Only if the source has placeholders, because an officer's text may contain ordinary braces."""
    wanted, found = _find_placeholder_names(source), _find_placeholder_names(text)
    if not wanted:
        return []
    lost = [f"It lost {{{name}}}: keep it as it is." for name in sorted(wanted - found)]
    return lost + [f"It has {{{name}}}, which the source has not." for name in sorted(found - wanted)]


def _find_placeholder_names(text):
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set(re.findall(r"\{(\w+)\}", text))


def _list_markup_faults(source, text, rich):
    if not rich:
        if holds_markup(text) and not holds_markup(source):
            yield NO_MARKUP
        return
    if sorted(WHOLE_TAG.findall(source)) != sorted(WHOLE_TAG.findall(text)):
        yield "Its marks in < > are not those of the source: keep each of them once, as it is."
    elif _list_tags(clean_rich_text(text)) != _list_tags(text):
        yield "A mark in < > is opened and not closed in its order, or may not stand here."


def _list_tags(text):
    return [tag.replace("/>", ">") for tag in WHOLE_TAG.findall(text)]


def _contains_token(text, token):
    return re.search(rf"(?<![0-9A-Za-z]){token}(?![0-9A-Za-z])", text) is not None

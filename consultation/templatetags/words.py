"""`{% word "nav.progress" n=3 total=12 %}`, `{% easyword ... %}`, `{% both ... %}`, `{% dial ... %}`."""

import re
from typing import cast

from django import template
from django.conf import settings
from django.template.base import Parser, Token, TokenType, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from consultation.interface_text import get_both_texts_html, get_easy_text, get_text, get_text_html
from consultation.interface_text.written_dates import write_out_day

register = template.Library()

# Elements that hold only text: a <span> would appear there as literal markup.
TEXT_ONLY = ("</title", "</option", "</textarea", "</desc", "</text")
NUMBERS = re.compile(r"\b(999|0800 1111|85258)\b")


class WordNode(template.Node):
    def __init__(self, say, key, values, variable):
        self.say, self.key, self.values, self.variable = say, key, values, variable

    def render(self, context):
        values = {name: value.resolve(context) for name, value in self.values.items()}
        said = self.say(str(self.key.resolve(context)), **values)
        if self.variable:
            context[self.variable] = said
            return ""
        return conditional_escape(said) if context.autoescape else said


def _is_text_only_position(parser: Parser) -> bool:
    """Whether the tag is in an attribute or a text-only element, where markup would break, judged by what follows.

    True when unsure (the end of a block or of the file): plain text is right everywhere.
    """
    for token in reversed(cast(list[Token], parser.tokens)):  # the parser keeps the next token last
        if token.token_type == TokenType.BLOCK and token.contents.startswith("endblock"):
            return True
        bracket = re.search("[<>]", token.contents) if token.token_type == TokenType.TEXT else None
        if bracket:
            return bracket[0] == ">" or token.contents.startswith(TEXT_ONLY, bracket.start())
    return True


def _build_word_node(parser: Parser, token: Token, as_text, as_markup) -> WordNode:
    name, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{name} needs a key")
    variable = bits.pop() if len(bits) > 2 and bits[-2] == "as" else None
    if variable:
        bits.pop()
    key = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{name}: {bits[0]} is not name=value")
    return WordNode(as_text if variable or _is_text_only_position(parser) else as_markup, key, values, variable)


def _get_easy_text_html(key: str, **values) -> SafeString:
    return get_text_html(key, easy_read=True, **values)


@register.filter
def written_day(day):
    """A day as the language of the page writes it."""
    return write_out_day(day)


@register.filter
def breakable_address(address):
    """An address that a narrow screen breaks after a slash or a dot, not within a word."""
    return mark_safe(re.sub("([/.])", r"\1<wbr>", conditional_escape(address)))  # noqa: S308 - it is escaped first


@register.tag("word")
def word_tag(parser, token):
    """The standard text; an English fallback is marked as such where markup is possible."""
    return _build_word_node(parser, token, get_text, get_text_html)


@register.tag("easyword")
def easyword_tag(parser, token):
    """The easy-read text."""
    return _build_word_node(parser, token, get_easy_text, _get_easy_text_html)


@register.simple_tag
def checked_machine_words():
    """That a machine wrote the words and a person has checked them; in the demo nobody has, since its people are
    invented."""
    return get_text_html("lang.unchecked" if settings.DEMO else "lang.machine")


@register.simple_tag
def day(value):
    """A day written out in the language of the page."""
    return write_out_day(value)


@register.simple_tag
def both(key, **values):
    """Standard and easy-read text as two spans where they differ, for pages that switch by CSS."""
    return get_both_texts_html(key, **values)


@register.simple_tag
def people_said(people, nearly_all, key="ysd.people"):
    """How many said it, by the text of `key`; or that nearly everyone did, or few, for whom there is no number."""
    if people:
        return get_text_html(key, n=people)
    return get_both_texts_html("ysd.nearly" if nearly_all else "ysd.few")


@register.simple_tag
def dial(key, **values):
    """Standard and easy-read text, with 999, Childline and Shout as links to call or text."""
    return mark_safe(NUMBERS.sub(_build_number_link, get_both_texts_html(key, **values)))


def _build_number_link(match: re.Match) -> str:
    number = match[0]
    scheme = "sms" if number == "85258" else "tel"
    return f'<a href="{scheme}:{number.replace(" ", "")}" dir="ltr">{number}</a>'

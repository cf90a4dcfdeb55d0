"""Highlights search terms in quoted words."""

from django import template

from insights.search.highlights import marked

register = template.Library()


@register.filter
def found(words, terms=()):
    """Escaped words, with search terms in <mark> and redaction tags in a span."""
    return marked(words, terms or ())

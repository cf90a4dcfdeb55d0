"""Highlights search terms in quoted words."""

from django import template

from insights.search.search_highlights import highlight_terms

register = template.Library()


@register.filter
def mark_terms(words, terms=()):
    """Escaped words, with search terms in <mark> and redaction tags in a span."""
    return highlight_terms(words, terms or ())

"""What was looked for stands out in the words that people said."""

from django import template

from insights.search.highlights import marked

register = template.Library()


@register.filter
def found(words, terms=()):
    """Escaped words, with what was found in <mark> and redaction tags in a span."""
    return marked(words, terms or ())

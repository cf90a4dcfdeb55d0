"""Highlights redaction tags such as [WORKER 1] in quoted words."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

register = template.Library()
TAG = re.compile(
    r"\[(?:PERSON|WORKER|NICKNAME|HANDLE|PHONE|EMAIL|ADDRESS|POSTCODE|SCHOOL|DOB|PLATE|PLACE|ORG|URL|ID|DATE)(?: \d+)?\]"
)


@register.filter
def marked_tags(words):
    """Escaped words with each redaction tag in a span of its own."""
    return mark_safe(TAG.sub(lambda tag: f'<span class="tagged">{tag[0]}</span>', conditional_escape(words)))

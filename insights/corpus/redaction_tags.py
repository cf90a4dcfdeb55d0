"""Redaction tags such as [WORKER 1], which stand in cleared texts in place of personal data."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

TAG = re.compile(
    r"\[(?:PERSON|WORKER|NICKNAME|HANDLE|PHONE|EMAIL|ADDRESS|POSTCODE|SCHOOL|DOB|PLATE|PLACE|ORG|URL|ID|DATE)(?: \d+)?\]"
)


def highlight_tags(words: str) -> SafeString:
    """Escaped words with each redaction tag in a span of its own."""
    return mark_safe(TAG.sub(lambda tag: f'<span class="tagged">{tag[0]}</span>', conditional_escape(words)))

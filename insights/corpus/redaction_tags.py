"""Redaction tags such as [WORKER 1], which stand in cleared texts in place of personal data."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from consultation.domain.personal_data_types import TAG


def highlight_tags(words: str) -> SafeString:
    """Escaped words with each redaction tag in a span of its own."""
    return mark_safe(TAG.sub(lambda tag: f'<span class="tagged">{tag[0]}</span>', conditional_escape(words)))

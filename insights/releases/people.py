"""Themes as sets of people, never of mentions (C3)."""

from insights.coding.counted_codes import current_codes_by_theme
from insights.corpus.models import Text


def people_by_theme(consultation):
    """{theme id: set of respondents}. A person who mentions a theme twice counts once."""
    return {theme: set(texts.values()) for theme, texts in current_codes_by_theme(consultation).items()}


def people_with_words(consultation):
    """Respondents with at least one cleared text: the base of theme figures."""
    return set(Text.objects.of(consultation).values_list("respondent", flat=True))

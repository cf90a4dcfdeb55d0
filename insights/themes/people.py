"""Themes as sets of people, never of mentions (C3)."""

from insights.coding.actions import standing_codes
from insights.intake.models import Text


def people_by_theme(consultation):
    """{theme id: set of respondents}. A person who mentions a theme twice counts once."""
    return {theme: set(texts.values()) for theme, texts in standing_codes(consultation).items()}


def people_with_words(consultation):
    """Respondents with at least one cleared text: the base of theme figures."""
    return set(Text.objects.of(consultation).values_list("respondent", flat=True))

"""Texts of standard scales and bands: their options have fixed ids, and their texts come from the interface text."""

from django.utils.translation import override

from consultation.interface_text import get_text

# The levels of training, a closed list: {option id: key of the interface text}.
LEVELS = {"initial-contact": "level.1", "specialist": "level.2", "leader": "level.3", "planner": "level.4"}
# By letters a group that answers again is found again, without anyone's name.
GROUP_CODES = ("A", "B", "C", "D", "E", "F", "G", "H")
# Shared bands: figures and letters need no translation.
BANDS = {
    "age-children": ("11-13", "14-15", "16-17"),
    "age-young": ("8-10", "11-13", "14-15", "16-17", "18-25"),
    "age-adults": ("16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"),
    "group-codes": GROUP_CODES,
    "training-levels": tuple(LEVELS),
}


def format_span(low, high=None):
    """A number or a span such as 11–13, with a dash that screen readers do not read as minus."""
    return f"{low}" if high in (None, low) else f"{low}–{high}"


def format_band(id_):
    return format_span(*id_.split("-"))


def translate_scale_step(key, languages):
    """{language: text} of one step; leaves out languages without a translation."""
    texts = {}
    for language in languages:
        with override(language):
            texts[language] = get_text(key)
    return {language: text for language, text in texts.items() if language == "en" or text != texts.get("en")}

"""Language links of public pages outside Wagtail's page tree."""

from django.conf import settings

from consultation.interface_text import LANGUAGES


def list_language_links(path):
    """[(language, address)] of the page in every interface language."""
    codes = {code for code, _ in settings.LANGUAGES}
    return [(language, f"/{language.code}/{path}") for language in LANGUAGES if language.code in codes]

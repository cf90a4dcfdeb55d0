"""The same page in the site's other languages, for pages that are not in Wagtail's tree."""

from django.conf import settings

from consultation.words import LANGUAGES


def named_links(path):
    """[(language, address)] of a page that has its words in the interface's own table."""
    codes = {code for code, _ in settings.LANGUAGES}
    return [(language, f"/{language.code}/{path}") for language in LANGUAGES if language.code in codes]

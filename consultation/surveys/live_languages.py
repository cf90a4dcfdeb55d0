"""The languages in which a page is live, in the order of the interface languages."""

from consultation.interface_text import LANGUAGES


def order_languages(codes):
    return [language for language in LANGUAGES if language.code in codes]


def list_live_languages(page):
    """[(language, address)] of a page and its live translations."""
    pages = {page.locale.language_code: page}
    for translated in page.get_translations().live().select_related("locale"):
        pages[translated.locale.language_code] = translated
    return [(language, pages[language.code].get_url()) for language in order_languages(pages)]

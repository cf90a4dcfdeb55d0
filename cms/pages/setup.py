"""The site's skeleton: root, one home page a language, the index of consultations. Safe to run again."""

from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from cms.pages.models import HomePage
from consultation.questionnaires.models import ConsultationIndexPage


def _root():
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root", locale=_locale(settings.LANGUAGE_CODE)))
    if not Collection.objects.exists():
        Collection.add_root(instance=Collection(name="Root"))
    return root


def _locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]


def ensure_site(languages=("en",)):
    """The home page in the source language; makes what is missing, in each of `languages`."""
    source_locale = _locale(settings.LANGUAGE_CODE)
    root = _root()
    home = HomePage.objects.filter(locale=source_locale).first()
    if home is None:
        Page.objects.filter(depth=2, slug="home").delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(instance=HomePage(title="Have your say", slug="home", locale=source_locale))
        Site.objects.filter(is_default_site=True).delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Have your say")
    index = ConsultationIndexPage.objects.filter(locale=source_locale).first()
    if index is None:
        index = home.add_child(
            instance=ConsultationIndexPage(title="Have your say", slug="have-your-say", locale=source_locale)
        )
    for code in languages:
        locale = _locale(code)
        for page in (home, index):
            if code != settings.LANGUAGE_CODE and page.get_translation_or_none(locale) is None:
                page.copy_for_translation(locale, copy_parents=True).get_latest_revision().publish()
    return home

"""Creates the site's basic pages: root, home per language, consultation index, news index, information pages.

Safe to run again: it adds missing pages and keeps officers' changes.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Collection, Locale, Page, Site

from cms.site.news.models import NewsIndexPage
from cms.site.page_approval.models import ensure_page_approval
from cms.site.pages import information_seeds
from cms.site.pages.models import HomePage, InformationPage
from consultation.interface_text import get_text
from consultation.surveys.approval.models import ensure_workflow
from consultation.surveys.models import ConsultationIndexPage


def _ensure_locale(code):
    return Locale.objects.get_or_create(language_code=code)[0]


@transaction.atomic
def ensure_site(languages=("en",)):
    """Create missing pages in each of `languages`; returns the source home page."""
    home = _ensure_home()
    pages = [
        home,
        _ensure_index(home, ConsultationIndexPage, title=get_text("nav.say"), slug="have-your-say"),
        _ensure_index(home, NewsIndexPage, title=get_text("nav.news"), slug="news"),
        *(_ensure_information_page(home, seed) for seed in information_seeds.SEEDS),
    ]
    for code in languages:
        if code != settings.LANGUAGE_CODE:
            _translate_pages(pages, code)
    ensure_workflow()
    for each in HomePage.objects.all():
        ensure_page_approval(each)
    return home


def _ensure_home():
    locale = _ensure_locale(settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    if not Collection.objects.exists():
        Collection.add_root(instance=Collection(name="Root"))
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        Page.objects.filter(depth=2, slug="home").delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(instance=HomePage(title=get_text("home.title"), slug="home", locale=locale))
        Site.objects.filter(is_default_site=True).delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Have your say")
    return home


def _ensure_index(home, model, **fields):
    index = model.objects.filter(locale=home.locale).first()
    return index or home.add_child(instance=model(locale=home.locale, **fields))


def _ensure_information_page(home, seed):
    page = InformationPage.objects.filter(locale=home.locale, slug=seed.slug).first()
    if page is None:
        with override(settings.LANGUAGE_CODE):
            page = InformationPage(slug=seed.slug, locale=home.locale, **information_seeds.build_english_fields(seed))
        home.add_child(instance=page)
    return page


def _translate_pages(pages, code):
    """Translate the basic pages into one language with interface texts."""
    locale = _ensure_locale(code)
    for page in pages:
        translated = page.get_translation_or_none(locale)
        if translated is None:
            translated = page.copy_for_translation(locale, copy_parents=True)
        elif not translated.alias_of_id:
            continue
        translated.alias_of = None  # the loader of consultations may have created it as an alias
        with override(code):
            for name, value in _translated_fields(page).items():
                setattr(translated, name, value)
        translated.save_revision().publish(skip_permission_checks=True)


def _translated_fields(page):
    if isinstance(page, InformationPage):
        return information_seeds.build_seed_fields(
            next(seed for seed in information_seeds.SEEDS if seed.slug == page.slug)
        )
    if isinstance(page, NewsIndexPage):
        return {"title": get_text("nav.news")}
    return {"title": get_text("home.title" if isinstance(page, HomePage) else "nav.say")}

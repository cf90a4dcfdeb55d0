"""Creates the site's basic pages: root, home per language, consultation index, news index, information pages.

Safe to run again: it adds missing pages and keeps officers' changes.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import override
from wagtail.models import Collection, Locale, Page, Site

from cms.site.news.models import NewsIndexPage
from cms.site.page_approval.models import ensure_page_approval
from cms.site.pages.models import HomePage, InformationPage
from consultation.interface_text import get_text, get_text_html
from consultation.interface_text.written_dates import write_out_day
from consultation.surveys.approval.models import ensure_workflow
from consultation.surveys.models import ConsultationIndexPage

COMPLAINTS_SERVICE = "www.equalityadvisoryservice.com"


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
        *(_ensure_information_page(home, seed) for seed in SEEDS),
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
            page = InformationPage(slug=seed.slug, locale=home.locale, **build_english_fields(seed))
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
        return build_seed_fields(next(seed for seed in SEEDS if seed.slug == page.slug))
    if isinstance(page, NewsIndexPage):
        return {"title": get_text("nav.news")}
    return {"title": get_text("home.title" if isinstance(page, HomePage) else "nav.say")}


@dataclass(frozen=True)
class InformationSeed:
    """Initial content of one page; title, intro and parts are keys of interface texts."""

    slug: str
    title: str
    intro: str
    parts: tuple  # of keys, or of (heading key, key, ...)


SEEDS = (
    InformationSeed(
        "safer",
        "safer.title",
        "foot.history",
        ("safer.history", "safer.steps", "safer.back", "safer.window", "safer.watched", "safer.keys", "safer.calls"),
    ),
    InformationSeed(
        "privacy",
        "nav.privacy",
        "start.unknown.body",
        (
            ("start.device.title", "start.device.body", "privacy.day"),
            ("start.readers.title", "start.readers.body", "privacy.small"),
            ("start.duty.title", "start.duty.body"),
            ("start.hours.title", "start.hours.body"),
        ),
    ),
    InformationSeed(
        "privacy-adults",
        "info.adults",
        "start.unknown.body",
        ("start.readers.body", "start.duty.body", "start.hours.body", "privacy.day", "privacy.small"),
    ),
    InformationSeed("accessibility", "access.title", "access.aim", ("access.gaps", "access.tell", "access.complain")),
    InformationSeed("about", "info.about", "home.intro", ("start.device.body", "start.choice.body", "start.names")),
)


def build_seed_fields(seed):
    """The page's fields in the active language."""
    intro = get_text(seed.intro, district=settings.DISTRICT) if seed.intro == "home.intro" else get_text(seed.intro)
    return {"title": get_text(seed.title), "intro": intro, "body": _build_body(seed.parts)}


def build_english_fields(seed):
    """The English page's fields: the full text of texts.yaml, or else interface texts."""
    written = _load_texts().get(seed.slug, {})
    today = write_out_day(timezone.localdate())
    values = {"district": settings.DISTRICT, "partnership": settings.PARTNERSHIP, "today": today}
    return build_seed_fields(seed) | {name: format_html(text, **values) for name, text in written.items()}


@cache
def _load_texts():
    return yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))


def _build_body(parts):
    if isinstance(parts[0], tuple):
        return format_html_join(
            "", "<h2>{}</h2>{}", ((get_text(part[0]), _build_paragraphs(part[1:])) for part in parts)
        )
    return _build_paragraphs(parts)


def _build_paragraphs(keys):
    values = {"access.gaps": {"gaps": get_text("access.known")}, "access.complain": {"web": COMPLAINTS_SERVICE}}
    return format_html_join("", "<p>{}</p>", ((get_text_html(key, **values.get(key, {})),) for key in keys))

"""Publishes translated pages with the source's structure and the approved strings."""

import json
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from consultation.surveys.translations.models import LanguageCheck, StringVerdict
from consultation.surveys.translations.source_strings import current_source_page, to_stored_form
from consultation.surveys.translations.translation_rows import load_page_translation

_freeze_deferred: ContextVar[bool] = ContextVar("quiet", default=False)


def is_freeze_deferred():
    """Whether publishing a translated page must not freeze a version, because the caller freezes one at the end."""
    return _freeze_deferred.get()


@contextmanager
def defer_freeze():
    token = _freeze_deferred.set(True)
    try:
        yield
    finally:
        _freeze_deferred.reset(token)


def list_approved_digests(page):
    """{language: approved digests}, for languages that publish approved strings only."""
    languages = LanguageCheck.objects.filter(page=page.pk, governs=True).values_list("language", flat=True)
    found = {language: set() for language in languages}
    for language, digest in StringVerdict.objects.filter(page=page.pk, right=True).values_list("language", "digest"):
        if language in found:
            found[language].add(digest)
    return found


def ensure_source_record(instance):
    """wagtail-localize's TranslationSource, updated to the page."""
    return TranslationSource.update_or_create_from_instance(instance)[0]


def ensure_translation_record(source, language):
    """wagtail-localize's Translation, which makes its editor available on the translated page."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    return Translation.objects.get_or_create(source=source, target_locale=locale)[0]


def publish_translated_page(page, language, by):
    """Publish the translated page with its approved strings; others fall back to the source."""
    instance = current_source_page(page)
    words = load_page_translation(page, language)
    source = ensure_source_record(instance)
    locale = ensure_translation_record(source, language).target_locale
    target = instance.get_translation_or_none(locale) or instance.copy_for_translation(locale, copy_parents=True)
    original, readable = source.as_instance(), words.readable
    was_machine = getattr(target, "machine_words", False)
    target.alias_of, target.slug = None, instance.slug
    copy_synchronised_fields(original, target)
    ingest_segments(original, target, source.locale, locale, _build_segments(source, locale, readable))
    if hasattr(target, "machine_words") and words.check:
        # The machine flag stays for older approved texts of unknown authors.
        held = {row.path for row in words.rows if row.held}
        said_so = was_machine and any(row.path in held for row in readable)
        target.machine_words = said_so or any(row.machine for row in readable if row.path not in held)
        target.words_checked_by = words.check.speaker or words.check.checker.get_full_name() or "A named checker"
    target.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return target


def _build_segments(source, locale, readable):
    said = {(row.path, row.source.stored): to_stored_form(row.text, row.source.rich) for row in readable}
    all_of_it = source._get_segments_for_translation(locale, fallback=True)
    found = [one for one in all_of_it if not isinstance(one, StringSegmentValue)]
    strings = StringSegment.objects.filter(source=source).exclude(context__path="slug").order_by("order")
    for one in strings.select_related("context", "string"):
        path, data = one.context.path, said.get((one.context.path, one.string.data), one.string.data)
        found.append(StringSegmentValue(path, StringValue(data), attrs=json.loads(one.attrs), order=one.order))
    return found


def refresh_live_translations(page, by=None):
    """Republish each live checked language after a change of the source; changed strings fall back to it."""
    checks = LanguageCheck.objects.filter(page=page.pk, governs=True)
    live = set(page.get_translations().live().values_list("locale__language_code", flat=True))
    with defer_freeze():
        for check in checks:
            if check.language in live:
                publish_translated_page(page, check.language, by)


def refresh_source_record(page):
    """Update wagtail-localize's record, so that its editor shows the current strings."""
    kept = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale)
    if page.locale.language_code == settings.LANGUAGE_CODE and kept.exists():
        ensure_source_record(page)

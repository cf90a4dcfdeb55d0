"""Publishes translated pages with the source's structure and the approved strings; takes in the texts of a page written
apart, and those of a past consultation."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from operator import attrgetter

from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from consultation.surveys.models import ConsultationPage
from consultation.surveys.translated_strings import find_block_id
from consultation.surveys.translations.models import LanguageCheck, StringVerdict
from consultation.surveys.translations.own_files import is_approved, list_live_files, list_own_files
from consultation.surveys.translations.source_strings import current_source_page, list_source_strings, to_stored_form
from consultation.surveys.translations.translation_rows import load_page_translation

_freeze_deferred: ContextVar[bool] = ContextVar("quiet", default=False)
MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
COPIED = ("translation_of_id", "locale_id", "data", "translation_type", "tool_name", "last_translated_by_id")


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


def publish_translated_page(page, language, by, checker=None):
    """Publish the translated page with its approved strings; others fall back to the source. `checker`: the id of whoever
    publishes what others chose for this language: without one, only what people meet already stays."""
    instance = current_source_page(page)
    words = load_page_translation(page, language)
    source = ensure_source_record(instance)
    locale = ensure_translation_record(source, language).target_locale
    target = instance.get_translation_or_none(locale) or instance.copy_for_translation(locale, copy_parents=True)
    original, readable = source.as_instance(), words.readable
    was_machine, live_files = getattr(target, "machine_words", False), list_live_files(target)
    target.alias_of, target.slug = None, instance.slug
    copy_synchronised_fields(original, target)
    files = list_own_files(page, language)
    segments = [
        one
        for one in _build_segments(source, locale, readable)
        if not isinstance(one, OverridableSegmentValue) or is_approved(one, files, live_files, checker)
    ]
    ingest_segments(original, target, source.locale, locale, segments)
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


def adopt_words(source, locale, target):
    """Adopt the strings of each question or field that differs from the source; returns their number.

    In a question that differs, equal strings (such as names) count as translated too.
    """
    segments = extract_segments(target)
    _adopt_files(source, locale, segments)
    strings = (one for one in segments if isinstance(one, StringSegmentValue))
    own = {place: one.string.data for place, one in _number_by_path(strings, attrgetter("path"))}
    type_ = MACHINE if getattr(target, "machine_words", False) else MANUAL
    stored = source.stringsegment_set.select_related("context", "string").order_by("order")
    placed = [pair for pair in _number_by_path(stored, attrgetter("context.path")) if pair[0] in own]
    changed = {_find_block(place) for place, one in placed if own[place] != one.string.data}
    made = [
        StringTranslation(
            translation_of=one.string, locale=locale, context=one.context, data=own[place], translation_type=type_
        )
        for place, one in placed
        if _find_block(place) in changed
    ]
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _find_block(place):
    path, number = place
    return find_block_id(path) or (path, number)


def _number_by_path(segments, path_of):
    """((path, index of the string in it), segment)."""
    numbers: dict[str, count] = defaultdict(count)
    for one in segments:
        path = path_of(one)
        yield (path, next(numbers[path])), one


def _adopt_files(source, locale, segments):
    """Adopt the language's own recordings and pictures."""
    own = {one.path: one.data for one in segments if isinstance(one, OverridableSegmentValue)}
    for one in OverridableSegment.objects.filter(source=source).select_related("context"):
        path = one.context.path
        if path.startswith("body.") and path in own and own[path] != json.loads(one.data_json):
            SegmentOverride.objects.get_or_create(
                locale=locale, context=one.context, defaults={"data_json": json.dumps(own[path])}
            )


def copy_translations(*, past: ConsultationPage, asked: ConsultationPage, copy: ConsultationPage) -> int:
    """Copy the strings of all languages and return their number. Each language must still be begun.

    `asked`: the past page as last published.
    """
    places = dict(_match_places(asked, copy))
    said = StringTranslation.objects.filter(context__object_id=past.translation_key, has_error=False)
    kept = [
        (places[one.context.path, one.translation_of.data], one)
        for one in said.select_related("context", "translation_of")
        if (one.context.path, one.translation_of.data) in places
    ]
    if not kept:
        return 0
    segments = ensure_source_record(copy).stringsegment_set.select_related("context")
    contexts = {segment.context.path: segment.context for segment in segments}
    made = [
        StringTranslation(context=contexts[path], **{name: getattr(one, name) for name in COPIED})
        for path, one in kept
        if path in contexts
    ]
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _match_places(asked: ConsultationPage, copy: ConsultationPage) -> Iterator[tuple[tuple[str, str], str]]:
    """((path, source) in `asked`, path in `copy`) of common strings: questions have new ids but the same order."""
    there, here = list_source_strings(asked), list_source_strings(copy)
    own = {(one.path, one.stored) for one in here if not one.block}
    yield from (((one.path, one.stored), one.path) for one in there if (one.path, one.stored) in own)
    of_blocks = zip((one for one in there if one.block), (one for one in here if one.block), strict=False)
    yield from (((old.path, old.stored), new.path) for old, new in of_blocks if old.stored == new.stored)

"""Copies the translations of a past consultation to its copy. Each string awaits a new check, not by its author."""

from collections.abc import Iterator

from wagtail_localize.models import StringTranslation

from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations import live_translations
from consultation.surveys.translations.source_strings import list_source_strings

COPIED = ("translation_of_id", "locale_id", "data", "translation_type", "tool_name", "last_translated_by_id")


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
    segments = live_translations.ensure_source_record(copy).stringsegment_set.select_related("context")
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

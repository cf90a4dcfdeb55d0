"""Adopts the texts of a separately written translated page as strings beside their source, for checking."""

import json

from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from consultation.surveys.translated_strings import find_block_id

MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE


def adopt_words(source, locale, target):
    """Adopt the strings of each question or field that differs from the source; returns their number.

    In a question that differs, equal strings (such as names) count as translated too.
    """
    segments = extract_segments(target)
    _adopt_files(source, locale, segments)
    own = _index_by_place(one for one in segments if isinstance(one, StringSegmentValue))
    machine = bool(getattr(target, "machine_words", False))
    placed = [(place, segment) for place, segment in _list_placed_segments(source) if place in own]
    changed = {_find_block(place) for place, segment in placed if own[place] != segment.string.data}
    made = [
        _build_translation(segment, locale, own[place], machine)
        for place, segment in placed
        if _find_block(place) in changed
    ]
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _find_block(place):
    path, number = place
    return find_block_id(path) or (path, number)


def _build_translation(segment, locale, data, machine):
    return StringTranslation(
        translation_of=segment.string,
        locale=locale,
        context=segment.context,
        data=data,
        translation_type=MACHINE if machine else MANUAL,
    )


def _index_by_place(segments):
    """{(path, index of the string in it): text}."""
    found, seen = {}, {}
    for one in segments:
        seen[one.path] = seen.get(one.path, -1) + 1
        found[one.path, seen[one.path]] = one.string.data
    return found


def _list_placed_segments(source):
    seen = {}
    for segment in source.stringsegment_set.select_related("context", "string").order_by("order"):
        path = segment.context.path
        seen[path] = seen.get(path, -1) + 1
        yield (path, seen[path]), segment


def _adopt_files(source, locale, segments):
    """Adopt the language's own recordings and pictures."""
    own = {one.path: one.data for one in segments if isinstance(one, OverridableSegmentValue)}
    for one in OverridableSegment.objects.filter(source=source).select_related("context"):
        path = one.context.path
        if path.startswith("body.") and path in own and own[path] != json.loads(one.data_json):
            SegmentOverride.objects.get_or_create(
                locale=locale, context=one.context, defaults={"data_json": json.dumps(own[path])}
            )

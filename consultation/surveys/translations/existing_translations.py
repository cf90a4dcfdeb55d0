"""Adopts the texts of a separately written translated page as strings beside their source, for checking."""

import json
from collections import defaultdict
from itertools import count
from operator import attrgetter

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

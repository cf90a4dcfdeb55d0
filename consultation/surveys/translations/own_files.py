"""Links, pictures and recordings of a language's own, chosen in wagtail-localize's editor. Two people stand behind each that
people meet: whoever chose it, and the checker who saw it and published the language."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from consultation.surveys.translations.source_strings import StringPlaces, current_source_page


@dataclass(frozen=True)
class OwnFile:
    path: str
    data: Any  # an address, or the number of a picture or recording
    by: int | None
    where: str

    @property
    def said(self) -> str:
        return self.data if isinstance(self.data, str) else "a picture or recording"


def list_own_files(page: Page, language: str) -> list[OwnFile]:
    """What is chosen for this language, live or not."""
    rows = SegmentOverride.objects.filter(
        context__object_id=page.translation_key,
        context__in=OverridableSegment.objects.filter(source__object_id=page.translation_key).values("context"),
        locale__language_code=language,
    )
    found = list(rows.select_related("context").order_by("context__path"))
    places = StringPlaces(current_source_page(page)) if found else None
    return [
        OwnFile(path, json.loads(one.data_json), one.last_translated_by_id, _describe_place(places, path))
        for one in found
        for path in [one.context.path]
    ]


def _describe_place(places: Any, path: str) -> str:
    source = places.source(_drop_address(path), "", False)
    return f"{source.where}: {source.what}"


def _drop_address(path: str) -> str:
    """The place of a link within a rich text holds its address, which differs between source and translation."""
    return path.partition(".'")[0]


def digest_own_files(files: Iterable[OwnFile]) -> str:
    """What a checker has seen; "" for none."""
    said = [(one.path, one.data) for one in files]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest() if said else ""


def list_live_files(target: Page) -> set[tuple[str, str]]:
    """{(place, data)} of what people meet on a live page."""
    segments = extract_segments(target.specific) if target.live else []
    return {_identify(one.path, one.data) for one in segments if isinstance(one, OverridableSegmentValue)}


def _identify(path: str, data: Any) -> tuple[str, str]:
    return _drop_address(path), json.dumps(data)


def is_approved(
    segment: OverridableSegmentValue, files: Iterable[OwnFile], live: set[tuple[str, str]], checker: int | None
) -> bool:
    """Whether people meet it already, or its checker publishes what somebody else chose."""
    if _identify(segment.path, segment.data) in live:
        return True
    return checker is not None and any(
        (one.path, one.data) == (segment.path, segment.data) and one.by != checker for one in files
    )

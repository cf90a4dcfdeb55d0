"""Which codes count: a person's choice replaces machine proposals."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from insights.coding.models import Code, CodeSource, CodingStatus
from insights.corpus.models import Text


def current_codes_by_theme(consultation: Any) -> dict[int, dict[UUID, UUID]]:
    """{theme id: {text id: respondent}}: a person's codes where a person has coded, else the machine's proposals.

    The engine proposes a theme only above that theme's own threshold.
    """
    texts = Text.objects.of(consultation)
    respondent = dict(texts.values_list("pk", "respondent"))
    by_person = set(CodingStatus.objects.filter(text__in=texts).values_list("text_id", flat=True))
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    rows = Code.objects.filter(text__in=texts).values_list("theme_id", "text_id", "source")
    for theme, text, source in rows.iterator(chunk_size=5000):
        if (source == CodeSource.PERSON) == (text in by_person):
            found[theme][text] = respondent[text]
    return found


def codes_of_people_by_theme(consultation: Any) -> dict[int, dict[UUID, UUID]]:
    """{theme id: {text id: respondent}} of people's codes alone, on texts whose coding is finished."""
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    codes = Code.objects.by_people().filter(text__in=Text.objects.of(consultation), text__status__isnull=False)
    for theme, text, respondent in codes.values_list("theme_id", "text_id", "text__respondent").iterator(
        chunk_size=5000
    ):
        found[theme][text] = respondent
    return found

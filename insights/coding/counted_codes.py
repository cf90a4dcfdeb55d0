"""Which codes count: a person's choice replaces machine proposals, and a sub-theme's codes are its theme's too."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from insights.coding.codebook_in_force import codebook_version
from insights.coding.models import Code, CodeSource, CodingStatus
from insights.coding.theme_hierarchy import map_sub_themes
from insights.corpus.models import Text

SOME, MANY = 10, 100


def name_amount(number: int) -> str:
    """An amount without a number: only a release counts people, and changes what it counts at random."""
    return "many" if number >= MANY else "some" if number >= SOME else "few or no"


def is_asked_again() -> Exists:
    """A condition on Text: one of its themes was split, and nobody has said yet which part fits. A row with `source=rule` is
    an open question, not a code."""
    return Exists(Code.objects.filter(text=OuterRef("pk"), source=CodeSource.RULE))


def current_codes_by_theme(consultation: Any) -> dict[int, dict[UUID, UUID]]:
    """{theme id: {text id: respondent}}: a person's codes where a person has coded, else the machine's proposals.

    The engine proposes a theme only above that theme's own threshold. A text with a sub-theme of the version in force
    stands under its theme too: the people of a theme are those of it and of its sub-themes, each once.
    """
    texts = Text.objects.of(consultation)
    respondent = dict(texts.values_list("pk", "respondent"))
    by_person = set(CodingStatus.objects.filter(text__in=texts).values_list("text_id", flat=True))
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    above = map_sub_themes(codebook_version(consultation))
    rows = Code.objects.filter(text__in=texts).values_list("theme_id", "text_id", "source")
    for theme, text, source in rows.iterator(chunk_size=5000):
        if (source == CodeSource.PERSON) == (text in by_person):
            found[theme][text] = respondent[text]
            if theme in above:
                found[above[theme]][text] = respondent[text]
    return found


def codes_of_people_by_theme(consultation: Any) -> dict[int, dict[UUID, UUID]]:
    """{theme id: {text id: respondent}} of people's codes alone, on texts whose coding is finished. As above, a theme
    counts where one of its sub-themes was found."""
    above = map_sub_themes(codebook_version(consultation))
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    codes = Code.objects.by_people().filter(text__in=Text.objects.of(consultation), text__status__isnull=False)
    rows = codes.values_list("theme_id", "text_id", "text__respondent")
    for theme, text, respondent in rows.iterator(chunk_size=5000):
        for one in (theme, above.get(theme, theme)):
            found[one][text] = respondent
    return found

"""Freezing the figures and quotes of a release: the exact counts come in, what disclosure control lets out is stored."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from consultation import handover
from insights.coding.actions import standing_codes
from insights.coding.agreement.actions import for_a_release
from insights.intake.models import Text
from insights.reports import context, counting, policies
from insights.reports.disclosure import DEFAULT, Refused, protect
from insights.reports.figures import freeze_refused, freeze_table
from insights.reports.models import Figure, Quote, Release
from insights.themes.people import people_by_theme, people_with_words

FEATURED = 3


def freeze_figures(release: Release, crowd: Any, questionnaire: Any, previous: Release | None) -> None:
    for order, asked in enumerate(counting.tables(crowd, questionnaire)):
        _freeze(release, asked.kind, asked.key, order, asked.title, asked.table, dict(asked.options), {})
    _freeze_themes(release, crowd, questionnaire)
    context.freeze_coding(release)
    if previous is not None:
        policies.keep_figures_that_few_people_moved(release, previous)


def _freeze(
    release: Release,
    kind: str,
    key: str,
    order: int,
    title: str,
    table: Any,
    labels: Any,
    columns: Any,
    **margins: Any,
) -> Any:
    try:
        protected = protect(table, DEFAULT, **margins)
    except Refused as refusal:
        protected, frozen = None, freeze_refused(str(refusal))
    else:
        frozen = freeze_table(protected, labels, columns)
    Figure.objects.create(release=release, kind=kind, key=key, order=order, title=title, table=frozen)
    return protected


def _freeze_themes(release: Release, crowd: Any, questionnaire: Any) -> None:
    entries = list(release.codebook_version.entries.select_related("theme").order_by("label"))
    order = [entry.theme_id for entry in entries]
    labels = {str(entry.theme_id): entry.label for entry in entries}
    themes, base = people_by_theme(release.consultation), people_with_words(release.consultation) & crowd.people
    whole = _freeze(
        release,
        "themes",
        "all",
        1000,
        "What people spoke about",
        counting.theme_table(themes, base, order),
        labels,
        {},
    )
    for table in context.tables(release, crowd, themes, base, labels, whole):
        _freeze(release, **table)
    if whole is None:
        return
    for number, item in enumerate(counting.facets(questionnaire), start=1001):
        columns = dict(counting.options_of(item)) | {counting.NOT_GIVEN: "Not given"}
        table = counting.theme_by_facet(themes, base, order, crowd, item)
        title = f"Themes by answer to “{handover.said(item['text'], 'en')}”"
        _freeze(release, "themes-by", item["id"], number, title, table, labels, columns, row_margin=whole)


def shown_themes(release: Release) -> set[int]:
    """Ids of the themes whose number the release shows."""
    themes = release.figures.filter(kind="themes", key="all").first()
    return {int(row["id"]) for row in themes.table.get("rows", []) if row["value"] is not None} if themes else set()


def freeze_quotes(release: Release) -> None:
    """Quotable words of each theme that may be shown, in random order, one text a person and theme (C3)."""
    codes = standing_codes(release.consultation)
    for theme in shown_themes(release):
        _freeze_theme_quotes(release, theme, codes.get(theme, {}))


def freeze_agreement(release: Release) -> None:
    """How far two coders agree, as it is known now; of a theme whose number is hidden nothing is said."""
    release.agreement = for_a_release(release.consultation, shown_themes(release))
    release.save(update_fields=["agreement"])


def _freeze_theme_quotes(release: Release, theme: int, texts: Iterable[UUID]) -> None:
    shuffled = list(Text.objects.filter(pk__in=list(texts), quotable=True))
    secrets.SystemRandom().shuffle(shuffled)
    one_a_person = list({text.respondent: text for text in shuffled}.values())
    Quote.objects.bulk_create(
        Quote(
            release=release,
            theme_id=theme,
            source_text=text,
            question=text.question,
            version_id=text.version_id,
            audience=text.audience,
            language=text.language,
            text=text.text,
            featured=index < FEATURED,
        )
        for index, text in enumerate(one_a_person)
    )

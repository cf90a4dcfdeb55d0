"""A summary as pages show it: each line with the figures that it names and the quote that the reader may see."""

from dataclasses import dataclass

from django.db.models import QuerySet

from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import list_theme_evidence
from insights.summaries.actions import fingerprint_lines
from insights.summaries.drafted_lines import draft_from_themes
from insights.summaries.linked_figures import (
    LinkableRow,
    find_unspoken_themes,
    list_linkable_rows,
    theme_row_id,
)
from insights.summaries.models import ReportSummary


@dataclass(frozen=True)
class ShownLine:
    words: str
    links: list[tuple[str, str]]  # (label, address of the figure)
    quote: Quote | None


@dataclass(frozen=True)
class ShownSummary:
    lines: list[ShownLine]
    summary: ReportSummary | None  # None: nobody has edited or signed the draft
    seen: str


def show_summary(release: Release, quotes: QuerySet[Quote]) -> ShownSummary:
    """`quotes`: those that the reader may see; a line loses a quote that is erased or not among them. A line goes with
    the approval of the summary of few people's words that it rests on."""
    summary = ReportSummary.objects.select_related("signed_by").filter(release=release).first()
    themes, rows = list_theme_evidence([release], voices=True), list_linkable_rows(release)
    written, unspoken = summary.lines if summary else draft_from_themes(release, themes), find_unspoken_themes(themes)
    lines = [line for line in written if not unspoken.intersection(line["links"])]
    wanted = [line["quote"] for line in lines if line["quote"]]
    found = quotes.filter(release=release, erased=False, pk__in=wanted).in_bulk()
    pages = {theme_row_id(one.theme): one.url for one in themes}
    shown = [
        ShownLine(
            line["words"],
            [(rows[link].label, pages.get(link) or _address_of(rows[link])) for link in line["links"] if link in rows],
            found.get(line["quote"]),
        )
        for line in lines
    ]
    return ShownSummary(shown, summary, fingerprint_lines(written))


def _address_of(row: LinkableRow) -> str:
    """The row's chart on the page of the report."""
    return "#who" if row.kind == "about" else f"#q-{row.id.split('/')[1].partition(':')[0]}"

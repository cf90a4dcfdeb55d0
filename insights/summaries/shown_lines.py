"""A summary as pages show it: each line with the figures that it names and the quote that the reader may see."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from insights.decisions.evidence_answers import ThemeAnswers
from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import ThemeEvidence, list_theme_evidence
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
    parts: list[tuple[str, str]]  # (words, address of the figure that they name or "")
    quote: Quote | None


@dataclass(frozen=True)
class ShownSummary:
    lines: list[ShownLine]
    summary: ReportSummary | None  # None: nobody has edited or signed the draft
    seen: str


def show_summary(
    release: Release,
    quotes: Iterable[Quote],
    themes: list[ThemeEvidence] | None = None,
    decided: ThemeAnswers | None = None,
) -> ShownSummary:
    """`quotes`: those of the report that the reader may see; a line loses a quote that is not among them. A line goes
    with the approval of the summary of few people's words that it rests on. `themes`: the release's, with voices, and
    `decided`: their answers, if already fetched."""
    summary = ReportSummary.objects.select_related("signed_by").filter(release=release).first()
    themes = list_theme_evidence([release], views=True) if themes is None else themes
    rows, unspoken = list_linkable_rows(release), find_unspoken_themes(themes)
    written = summary.lines if summary else draft_from_themes(release, themes, decided)
    lines = [line for line in written if not unspoken.intersection(line["links"])]
    found = {quote.pk: quote for quote in quotes}
    pages = {theme_row_id(one.theme): one for one in themes}
    shown = []
    for line in lines:
        named = [rows[id_] for id_ in line["links"] if id_ in rows]
        addresses = {row.label: pages[row.id].url if row.id in pages else _address_of(row) for row in named}
        shown.append(ShownLine(split_at_labels(line["words"], addresses), found.get(line["quote"])))
    return ShownSummary(shown, summary, fingerprint_lines(written))


def split_at_labels(words: str, addresses: dict[str, str]) -> list[tuple[str, str]]:
    """[(words, address or "")]: a sentence in parts, so that each label of `addresses` leads to its figure."""
    if not addresses:
        return [(words, "")]
    labels = "|".join(re.escape(label) for label in sorted(addresses, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({labels})(?!\w)", words, flags=re.IGNORECASE)  # every second part is a label
    of = {label.lower(): address for label, address in addresses.items()}
    return [(part, of[part.lower()] if at % 2 else "") for at, part in enumerate(parts) if part]


def _address_of(row: LinkableRow) -> str:
    """The row's chart on the page of the report."""
    return "#who" if row.kind == "about" else f"#q-{row.id.split('/')[1].partition(':')[0]}"

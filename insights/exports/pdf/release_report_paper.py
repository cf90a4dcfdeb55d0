"""Template and context of a release's report as PDF and DOCX. All of it was frozen, or approved by two people."""

from typing import Any

from insights.coding.codebooks.theme_entry_rows import GRAVITY
from insights.coding.models import ThemeEntry
from insights.coding.theme_hierarchy import nest_sub_themes
from insights.decisions import trace
from insights.decisions.evidence_answers import answers_by_theme, find_newest_answer
from insights.decisions.models import DecisionStatus
from insights.disclosure.rules_wording import wording_of
from insights.releases.disclosure_log import log_tables
from insights.releases.group_differences import list_clear_differences
from insights.releases.minority_views.actions import list_minority_views
from insights.releases.models import Release
from insights.releases.question_charts import list_question_charts
from insights.releases.quote_selection import quotes_of_paper, select_quotes
from insights.releases.service_pairs import list_pair_matrices
from insights.releases.stored_figures import WAITING, count_interval, is_machine_coded, is_reported, weigh_row
from insights.summaries.shown_lines import show_summary

TEMPLATE = "insights/exports/pdf/report.html"
MOST_TOLD = 12  # differences in words


def context_of(subject: str, *, for_all: bool, mark: str) -> dict[str, Any]:
    published = Release.objects.published().select_related("consultation", "codebook_version__codebook")
    release = published.get(pk=subject)
    figures = list(release.figures.all())
    entries = {entry.theme_id: entry for entry in release.codebook_version.entries.select_related("theme")}
    labels = {theme: entry.label for theme, entry in entries.items()}
    said = select_quotes(release, for_all=for_all)
    return {
        "release": release,
        "consultation": release.consultation.specific,
        "mark": mark,
        "rules": wording_of(release.rules),
        "footnote": wording_of(release.rules).footnote,
        "about": [figure for figure in figures if figure.kind in ("about", "channel")],
        "questions": list_question_charts(release, figures),
        "matrices": list_pair_matrices(figures),
        "themes": _build_theme_table(release, figures, entries),
        "log": log_tables((figure.table for figure in figures), release.rules),
        "crosses": [figure for figure in figures if figure.kind == "themes-by"],
        "machine_coded": any(is_machine_coded(one.table) for one in figures if one.kind == "themes-by"),
        "differences": _tell_differences(figures),
        "decisions": trace.decisions_of_release(release).filter(status=DecisionStatus.PUBLISHED),
        "short": show_summary(release, quotes_of_paper(release, for_all=for_all)),
        "quotes": sorted((labels[theme], quotes) for theme, quotes in said.items() if theme in labels),
        "chosen": not for_all and any(quote.is_chosen for quotes in said.values() for quote in quotes),
        "minority_views": [(entry, voice.words) for entry, voice in list_minority_views(release)],
    }


def _tell_differences(figures: list[Any]) -> dict[str, Any]:
    """The differences of themes and closed questions by groups that stand after one correction for all of them."""
    crossed = [one for one in figures if one.kind in ("themes-by", "question-by") and not one.table.get("refused")]
    looks, clear = list_clear_differences(*(one.table for one in crossed))
    titles = {id(one.table): one.title for one in crossed}
    told = [(titles[id(one.table)], one) for one in clear[:MOST_TOLD]]
    return {"looks": looks, "told": told, "more": max(0, len(clear) - MOST_TOLD)}


def _build_theme_table(release: Release, figures: list[Any], entries: dict[int, ThemeEntry]) -> dict[str, Any] | None:
    """The theme table, most people first and sub-themes under their theme, each with its gravity and the newest decision
    that cites it; themes of few people, or nobody, and those that wait for a number, sorted by name, so that their order
    tells nothing."""
    found = next((figure for figure in figures if figure.kind == "themes"), None)
    if found is None:
        return None
    base = found.table["base"]
    shown = [row for row in found.table["rows"] if is_reported(row)]
    apart = sorted((row for row in found.table["rows"] if not is_reported(row)), key=lambda row: row["label"])
    hidden = [row["label"] for row in apart if row["symbol"] != WAITING]
    waiting = [row["label"] for row in apart if row["symbol"] == WAITING]
    ranked = sorted(shown, key=lambda row: (-weigh_row(row, base), row["label"]))
    answers = answers_by_theme({release.consultation_id})
    rows = [
        row
        | count_interval(row, base)
        | {"under": under, "gravity": GRAVITY.get(entries[int(row["id"])].gravity, "")}
        | {"decision": find_newest_answer(answers.get((release.consultation_id, int(row["id"])), ()))}
        for row, under in nest_sub_themes(ranked, lambda row: entries[int(row["id"])])
    ]
    return {"title": found.title, "table": {**found.table, "rows": rows}, "hidden": hidden, "waiting": waiting}

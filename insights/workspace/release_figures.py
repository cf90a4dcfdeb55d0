"""The frozen figures of one release, fetched once, as data for the charts of a page."""

from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.models import Figure, Release

NOT_SAID = "not-said"
SIDES = ("disagrees", "mixed", "agrees")


@dataclass
class ReleaseFigures:
    release: Release

    @property
    def every(self) -> list[Figure]:
        return self.release.figures_of_page

    def of(self, kind: str) -> list[Figure]:
        return [figure for figure in self.every if figure.kind == kind]

    def one(self, kind: str, key: str = "") -> Figure | None:
        return next((figure for figure in self.of(kind) if not key or figure.key == key), None)

    @property
    def table_of_themes(self) -> dict[str, Any]:
        figure = self.one("themes")
        return figure.table if figure else {}

    def theme(self, theme: int) -> dict[str, Any] | None:
        """The theme's row with its `base`."""
        figure = self.one("themes")
        return _find_theme_row(figure, theme) if figure else None

    def facets(self) -> list[dict[str, str]]:
        """Facets by which this release splits its themes, one at a time (C1: two dimensions at most)."""
        return [
            {"key": figure.key, "title": quoted_title(figure.title)}
            for figure in self.of("themes-by")
            if figure.table["rows"]
        ]

    def split(self, key: str, theme: int) -> dict[str, Any] | None:
        """A theme by one facet for `bars_chart`: percent of each group's people, with its interval."""
        figure = self.one("themes-by", key)
        row = figure and _find_theme_row(figure, theme)
        if not row or figure is None:
            return None
        rows = []
        for column, cell, total in zip(
            figure.table["columns"], row["cells"], figure.table["column_totals"], strict=True
        ):
            low = high = None
            if cell["percent"] is not None and cell["value"] is not None and total["value"]:
                low, high = wilson_interval(
                    min(cell["value"], total["value"]), total["value"], noise=rules_for().noise
                ).percent()
            rows.append({"id": column["id"], "label": column["label"], **cell, "low": low, "high": high})
        return {"title": quoted_title(figure.title), "rows": rows}

    def stance(self, theme: int) -> dict[str, Any] | None:
        """Data for `stance_chart`: {parts: disagrees, mixed, agrees; beside: not said; base}."""
        figure = self.one("stance", str(theme))
        if figure is None or not figure.table["rows"]:
            return None
        rows = {row["id"]: row for row in figure.table["rows"]}
        parts = [rows[side] for side in SIDES]
        return {"parts": parts, "beside": rows[NOT_SAID], "base": figure.table["base"]}

    def sentiment_bars(self, theme: int) -> list[dict[str, Any]]:
        """The machine's sentiment of a theme for `bars_chart`: percent of the theme's people."""
        figure = self.one("sentiment")
        row = figure and _find_theme_row(figure, theme)
        if not row or figure is None:
            return []
        cells = zip(figure.table["columns"], row["cells"], strict=True)
        return [_build_sentiment_bar(column, cell, row.get("coded", row["value"])) for column, cell in cells]

    def days(self) -> Figure | None:
        figure = self.one("by-day")
        return figure if figure and figure.table["rows"] else None


def quoted_title(title: str) -> str:
    """“Age” of 'Themes by answer to “Age”'."""
    return title.partition("“")[2].removesuffix("”") or title


def _find_theme_row(figure: Figure, theme: int) -> dict[str, Any] | None:
    row = next((row for row in figure.table["rows"] if row["id"] == str(theme)), None)
    return row and row | {"base": figure.table["base"]}


def _build_sentiment_bar(column: dict[str, Any], cell: dict[str, Any], people: int | None) -> dict[str, Any]:
    """Nearly all of the theme's people where the rest of them is too small to show: no percent tells of those few."""
    rules, value, symbol, percent = rules_for(), cell["value"], cell["symbol"], None
    if value is not None and people is not None and people - value < rules.threshold:
        value, symbol = None, NEARLY_ALL
    elif value is not None and people is not None and people >= rules.min_base:
        percent = round(100 * value / people)
    return {"label": column["label"], "value": value, "symbol": symbol, "percent": percent, "low": None, "high": None}

"""Published releases made directly, with the figures of a test: no answers behind them."""

from datetime import date

from consultation.domain.confidence_intervals import wilson_interval
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure, Release
from tests import factories

DAY = date(2026, 10, 5)
HIDDEN = {"value": None, "symbol": "[c]"}


def codebook(**themes):
    """{slug: points of the strategy, or a dict of fields} as version 1."""
    version = CodebookVersion.objects.create(codebook=Codebook.objects.create(slug="seed", name="Seed"), number=1)
    for slug, told in themes.items():
        fields = told if isinstance(told, dict) else {"links": [{"strand": 1, "sub_point": p} for p in told]}
        theme = Theme.objects.create(codebook=version.codebook, slug=slug)
        ThemeEntry.objects.create(version=version, theme=theme, label=slug.capitalize(), **fields)
    return version


def asked(home, slug="parks", **fields):
    return factories.consultation(home, slug=slug, title=slug.capitalize(), items=[factories.question("a")], **fields)[
        0
    ]


def cell(value):
    return {"value": value, "symbol": ""} if value is not None else dict(HIDDEN)


def recount_percents(table):
    """Recalculate every percent of a table, with its interval, from its shown numbers."""
    for row in table["rows"]:
        row |= _share(row["value"], table["base"])
        for one, total in zip(row.get("cells", []), table["column_totals"], strict=True):
            one["percent"] = _share(one["value"], total["value"])["percent"]


def _share(value, base):
    rules = rules_for()
    if value is None or not base or base < rules.min_base or value > base:
        return {"percent": None, "low": None, "high": None}
    low, high = wilson_interval(value, base, noise=rules.noise).percent()
    return {"percent": round(100 * value / base), "low": low, "high": high}


def hide_theme(slug, symbol, releases=None):
    """Puts this symbol in the place of the theme's number, in these releases or in every one."""
    theme = str(Theme.objects.get(slug=slug).pk)
    for figure in Figure.objects.filter(kind="themes", release__in=releases or Release.objects.all()):
        for row in figure.table["rows"]:
            row |= {"value": None, "symbol": symbol, "percent": None} if row["id"] == theme else {}
        Figure.objects.filter(pk=figure.pk).update(table=figure.table)


def release(page, version, values, *, base=100, number=1, day=DAY, split=None):
    """`values` {slug: people or None}; `split` {column: (total, {slug: people or None})} of one facet, "q-age"."""
    made = Release.objects.create(
        consultation=page,
        number=number,
        codebook_version=version,
        status="published",
        people=base,
        made_on=day,
        published_on=day,
    )
    ids = dict(version.entries.values_list("theme__slug", "theme_id"))
    labels = dict(version.entries.values_list("theme__slug", "label"))
    rows = [{"id": str(ids[slug]), "label": labels[slug], **cell(value)} for slug, value in values.items()]
    _figure(made, "themes", "all", {"base": base, "rows": rows, "columns": [], "column_totals": []})
    if split:
        columns = [{"id": name, "label": name.capitalize()} for name in split]
        crossed = [
            row | {"cells": [cell(of.get(slug)) for _, of in split.values()]}
            for slug, row in zip(values, [dict(row) for row in rows], strict=True)
        ]
        totals = [cell(total) for total, _ in split.values()]
        table = {"base": base, "rows": crossed, "columns": columns, "column_totals": totals}
        _figure(made, "themes-by", "q-age", table, title="Themes by answer to “Your age”")
    return made


def _figure(made, kind, key, table, title="Themes"):
    recount_percents(table)
    return Figure.objects.create(release=made, kind=kind, key=key, title=title, table={"several": True, **table})

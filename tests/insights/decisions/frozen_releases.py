"""Frozen releases made directly, without answers behind them: fast to set up."""

import uuid
from datetime import date, timedelta

from insights.coding.codebooks.models import ThemeAct
from insights.coding.models import CodebookVersion, Theme, ThemeEntry
from insights.corpus.models import Text
from insights.releases.models import Figure, Quote, Release

DAY = date(2026, 11, 20)


def row(theme, people, base=100):
    low, high = (max(0, people - 8), people + 8) if people is not None else (None, None)
    label = ThemeEntry.objects.filter(theme=theme).first().label
    return {"id": str(theme.pk), "label": label, "value": people, "symbol": "" if people is not None else "[c]",
            "percent": people and round(100 * people / base), "low": low, "high": high}  # fmt: skip


def make_release(version, codebook, people, words=(), number=1, day=DAY, **fields):
    """`people` {theme slug: number}; `words` [(theme slug, question id, text)], the first of a theme featured."""
    themes = {theme.slug: theme for theme in Theme.objects.filter(codebook=codebook.codebook)}
    release = Release.objects.create(
        consultation=version.page, number=number, codebook_version=codebook, status="published", people=100,
        made_on=day, published_on=day + timedelta(days=1), **fields,
    )  # fmt: skip
    table = {"base": 100, "several": True, "columns": [], "column_totals": []}
    rows = [row(themes[slug], number) for slug, number in people.items()]
    Figure.objects.create(release=release, kind="themes", key="all", title="Themes", table=table | {"rows": rows})
    answers = [{"id": "1", "label": "Yes", "value": 70, "symbol": "", "percent": 70, "low": 60, "high": 78}]
    Figure.objects.create(
        release=release, kind="question", key="q-a", order=1, title="Question a?", table=table | {"rows": answers}
    )
    featured = set()
    for slug, question, text in words:
        _quote(release, version, themes[slug], question, text, slug not in featured)
        featured.add(slug)
    return release


def _quote(release, version, theme, question, text, featured):
    kept = {"version": version, "question": question, "audience": "children-young-people", "text": text}
    source = Text.objects.create(respondent=uuid.uuid4(), language="en", **kept)
    return Quote.objects.create(release=release, theme=theme, source_text=source, featured=featured, **kept)


def merge(codebook, gone, into):
    """The next version of a codebook, in force, in which one theme became a part of another."""
    themes = {theme.slug: theme for theme in Theme.objects.filter(codebook=codebook.codebook)}
    CodebookVersion.objects.filter(pk=codebook.pk).update(status="superseded")
    new = CodebookVersion.objects.create(codebook=codebook.codebook, number=codebook.number + 1, status="approved")
    for entry in codebook.entries.exclude(theme=themes[gone]):
        ThemeEntry.objects.create(version=new, theme=entry.theme, label=entry.label, gravity=entry.gravity)
    act = ThemeAct.objects.create(version=new, kind="merge", theme=themes[gone])
    act.into.add(themes[into])
    return new

"""A large release for the PDF benchmark: 30 questions, 30 themes split three ways, 3 quotes each, and minority views.
Its rows are made directly, since a release is frozen."""

import random
import time
import uuid
from datetime import date

from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry
from insights.corpus.models import Text
from insights.exports.pdf.actions import request_paper
from insights.exports.pdf.models import PaperKind
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.releases.models import Figure, Quote, Release
from tests import factories
from tests.insights import released
from tests.insights.releases.shown_minority_views import show_minority_view

MANY, QUOTES, VOICES = 30, 3, 10
DAY = date(2026, 10, 5)
SAID = (
    "The path behind the shops is dark and I walk the long way round, so I am late and nobody asks why.",
    "When somebody listens and comes back to tell us what they did, more of us want to say something.",
    "گلی کی بتیاں بند ہیں اور کوئی نہیں آتا۔",
)


def large_release(home, *people):
    """A published release; `people` are two members of staff who approved what needs two."""
    items = [
        factories.question(str(n), options=list("abcdef"), text={"en": f"How often is it so, {n}?"})
        for n in range(MANY)
    ]
    page, version = factories.consultation(home, slug="large", title="A large consultation", items=items)
    codebook = CodebookVersion.objects.create(codebook=Codebook.objects.create(slug="large", name="Large"), number=1)
    release = Release.objects.create(
        consultation=page, number=1, codebook_version=codebook, status="published", people=2000, made_on=DAY,
        published_on=DAY,
    )  # fmt: skip
    themes = [Theme.objects.create(codebook=codebook.codebook, slug=f"theme-{n}") for n in range(MANY)]
    for n, theme in enumerate(themes):
        ThemeEntry.objects.create(
            version=codebook, theme=theme, label=f"What people say of a thing, {n}", gravity=n % 4
        )
    _figures(release, themes, random.Random(7))
    _words(release, version, themes, people)
    return release


def _figures(release, themes, chance):
    for n in range(MANY):
        _figure(release, "question", f"q-{n}", n, f"How often is it so, {n}?", _rows("abcdef", chance))
    for name in ("age", "area", "language"):
        _figure(release, "about", f"q-{name}", 100, f"Your {name}", _rows("abcdef", chance))
        columns = [{"id": str(n), "label": f"{name} {n}"} for n in range(5)]
        rows = [row | {"cells": _cells(5, chance)} for row in _rows([str(theme.pk) for theme in themes], chance)]
        more = {"columns": columns, "column_totals": _cells(5, chance)}
        _figure(release, "themes-by", f"q-{name}", 300, f"Themes by answer to “Your {name}”", rows, **more)
    _figure(release, "themes", "all", 200, "Themes", _rows([str(theme.pk) for theme in themes], chance))


def _rows(ids, chance):
    """Every tenth number is hidden."""
    cells = _cells(len(ids), chance)
    return [{"id": one, "label": f"What was said of {one}", **cell} for one, cell in zip(ids, cells, strict=True)]


def _cells(number, chance):
    numbers = [None if chance.random() < 0.1 else 5 * chance.randint(8, 300) for _ in range(number)]
    return [{"value": value, "symbol": "" if value else "[c]"} for value in numbers]


def _figure(release, kind, key, order, title, rows, **more):
    table = {"base": 1900, "several": True, "rows": rows, "columns": [], "column_totals": []} | more
    released.recount_percents(table)
    Figure.objects.create(release=release, kind=kind, key=key, order=order, title=title, table=table)


def _words(release, version, themes, people):
    for n, theme in enumerate(themes):
        for said in SAID[:QUOTES]:
            kept = {
                "version": version,
                "question": "q-words",
                "audience": "children-young-people",
                "text": f"{said} ({n})",
            }
            source = Text.objects.create(respondent=uuid.uuid4(), language="en", **kept)
            Quote.objects.create(release=release, theme=theme, source_text=source, featured=True, **kept)
    for theme in themes[:VOICES]:
        show_minority_view(release, theme, " ".join(SAID[:2]), *people[:2])


def pdf_seconds(release, *, by):
    """CPU seconds of this process to make the paper that this person asked for."""
    paper = request_paper(kind=PaperKind.REPORT, subject=str(release.pk), by=by)
    began = time.process_time()
    make_wanted_papers()
    spent = round(time.process_time() - began, 2)
    paper.refresh_from_db()
    assert paper.is_made, paper.trouble
    return spent

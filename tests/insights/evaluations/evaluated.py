"""Evaluations made directly: published rounds, and reports with the figures of a test."""

from datetime import date, timedelta

from consultation.surveys.answer_scales import GROUP_CODES, LEVELS
from consultation.surveys.models import ConsultationPage
from insights.releases.models import Figure
from tests import factories
from tests.insights import released

AGREEMENT = ("agree-lot", "agree-bit", "middle", "disagree-bit", "disagree-lot")
FACES = ("1", "2", "3", "4", "5")
SESSIONS = ("before", "after", "later")


def item(key, ids, *, type_="agreement", points=(), **more):
    options = [
        {"id": one, "key": str(at), "text": {"en": one}, "easy": {}, "exclusive": False} for at, one in enumerate(ids)
    ]
    links = [{"strand": 1, "sub_point": point} for point in points]
    return factories.question(key, type_, options=["x"]) | {"options": options, "links": links} | more


def group_question():
    return item("group", GROUP_CODES, type_="about", about_you="other")


def level_question():
    return item("level", tuple(LEVELS), type_="about", about_you="other")


def ask_rounds(home, slug, items, rounds=SESSIONS):
    """A published page for each round, each the next wave of the one before."""
    pages = []
    for number, name in enumerate(rounds):
        page, _ = factories.consultation(
            home, slug=f"{slug}-{number}", title=f"{slug.capitalize()} ({name})", items=items
        )
        ConsultationPage.objects.filter(pk=page.pk).update(
            evaluation_round=name, wave_of=pages[-1] if pages else None, opens=date(2025 + number, 3, 1)
        )
        page.refresh_from_db()
        pages.append(page)
    return pages


def report(page, version, *, people=100):
    number = SESSIONS.index(page.evaluation_round) if page.evaluation_round in SESSIONS else 0
    return released.release(page, version, {}, base=people, day=released.DAY + timedelta(days=30 * number))


def answer(release, key, ids, counts, title="I would say no.", by=None, prefix="q-"):
    """A figure of one question; `by` {facet key: {column id: (people, counts)}} splits it."""
    table = {"base": sum(one or 0 for one in counts), "several": False, "columns": [], "column_totals": []}
    table["rows"] = [{"id": one, "label": one, **released.cell(n)} for one, n in zip(ids, counts, strict=True)]
    released.recount_percents(table)
    Figure.objects.create(
        release=release, kind="question", key=f"{prefix}{key}", order=release.figures.count(), title=title, table=table
    )
    for facet, columns in (by or {}).items():
        _split(release, f"{prefix}{facet}", f"{prefix}{key}", table, ids, columns, title)


def _split(release, facet, key, table, ids, columns, title):
    rows = [
        row | {"cells": [released.cell(counts[at]) for _, counts in columns.values()]}
        for at, row in enumerate(table["rows"])
    ]
    totals = [released.cell(people) for people, _ in columns.values()]
    split = table | {"rows": rows, "columns": [{"id": c, "label": c} for c in columns], "column_totals": totals}
    Figure.objects.create(
        release=release, kind="question-by", key=f"{facet}|{key}", title=f"{title} By {facet}", table=split
    )
    about = {
        "base": table["base"],
        "rows": [{"id": c, "label": c, **released.cell(n)} for c, (n, _) in columns.items()],
    }
    about |= {"several": False, "columns": [], "column_totals": []}
    released.recount_percents(about)
    Figure.objects.get_or_create(
        release=release,
        kind="about",
        key=facet,
        defaults={"title": f"Your {facet.removeprefix('q-')}", "table": about},
    )

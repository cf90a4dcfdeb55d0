"""A public decision about parks, a release before it, and one of the next wave after it."""

from datetime import date

import pytest

from consultation.surveys.models import ConsultationPage
from insights.coding.models import CodebookVersion, Theme
from insights.decisions.actions import publish_decision, record_decision
from insights.decisions.outcomes import actions
from insights.releases.models import Figure, Release
from tests import factories
from tests.insights.decisions.conftest import said

BEFORE, DECIDED, AFTER = date(2026, 8, 1), date(2026, 9, 1), date(2026, 11, 1)
WORDS = {"words": "It is not so dark now. You can see the path.", "easy": "You can see the path."}


def made_release(page, number, day, *, yes, lights, by, colleague):
    """A release with stored figures of 200 people who chose and 100 who wrote."""
    made = Release.objects.create(
        consultation=page, number=number, codebook_version=CodebookVersion.objects.get(), people=200, made_on=day,
        made_by=by, status="published", published_on=day, published_by=colleague,
    )  # fmt: skip
    rows = [_row("yes", "Yes", yes, 200), _row("no", "No", 200 - yes if yes is not None else None, 200)]
    Figure.objects.create(release=made, kind="question", key="q-a", title="Are paths light?", table=_table(200, rows))
    theme = Theme.objects.get(slug="lights")
    themes = [
        _row(str(theme.pk), "Lights", lights, 100),
        _row(str(Theme.objects.get(slug="rare").pk), "Rare", None, 100),
    ]
    Figure.objects.create(release=made, kind="themes", key="all", title="Themes", table=_table(100, themes))
    return made


def add_quarters(release, told):
    """The question by the people of closed quarters; `told`: who said yes of 200, by the slug of the quarter."""
    question = release.figures.get(kind="question")
    for slug, yes in told.items():
        table = _table(200, [_row("yes", "Yes", yes, 200), _row("no", "No", 200 - yes, 200)])
        Figure.objects.create(release=release, kind="in-period", key=f"{slug}|q-a", title=question.title, table=table)


def _table(base, rows):
    return {"base": base, "several": False, "rows": rows, "columns": [], "column_totals": []}


def _row(id, label, value, base):
    percent = round(100 * value / base) if value is not None else None
    return {"id": id, "label": label, "value": value, "symbol": "" if value else "[c]", "percent": percent, "low": percent,
            "high": percent}  # fmt: skip


@pytest.fixture
def earlier(parks, codebook, officer, colleague):
    return made_release(parks[0], 1, BEFORE, yes=60, lights=50, by=officer, colleague=colleague)


@pytest.fixture
def next_wave(parks, home):
    page, _ = factories.consultation(home, slug="parks-again", title="Parks again", items=[factories.question("a")])
    page.wave_of = parks[0]
    ConsultationPage.objects.filter(pk=page.pk).update(wave_of=parks[0])
    return page


@pytest.fixture
def later(next_wave, earlier, officer, colleague):
    return made_release(next_wave, 1, AFTER, yes=150, lights=20, by=officer, colleague=colleague)


@pytest.fixture
def planner(db):
    return factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def decision(parks, planner, officer):
    made = record_decision(by=planner, consultations=[parks[0]], **said(decided=DECIDED, measure="We will ask again."))
    return publish_decision(decision=made, by=officer, today=DECIDED)


@pytest.fixture
def draft(decision, later, planner):
    return actions.draft_outcome(decision=decision, by=planner, verdict="worked", words=WORDS, today=AFTER)

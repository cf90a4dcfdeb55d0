"""Context tables of a release beside questions and themes are disclosure-controlled too."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Code, CodebookVersion, MachineReading
from insights.corpus.models import Text
from insights.releases import context_tables
from insights.releases.actions import create_release

TODAY = date(2026, 11, 25)


def frozen(release, kind):
    return {figure.key: figure.table for figure in release.figures.filter(kind=kind)}


def values(table):
    cells = [cell for row in table["rows"] for cell in [row, *row.get("cells", [])]]
    return [cell["value"] for cell in [*cells, *table["column_totals"]]]


@pytest.fixture
def heard(answered):
    """Stances on lights: 25 for, 12 against, 13 neither; of all answers 50 sound negative, 30 positive."""
    for n, code in enumerate(Code.objects.by_people().filter(theme__slug="lights").order_by("text__text")):
        code.stance = "agrees" if n < 25 else "disagrees" if n < 37 else ""
        code.save(update_fields=["stance"])
    version = CodebookVersion.objects.get()
    for n, text in enumerate(Text.objects.order_by("text")):
        label = "negative" if n < 50 else "positive"
        MachineReading.objects.create(text=text, version=version, engine="test", polarity=0.5, sentiment=label)
    return answered


def test_stance_and_sentiment_are_frozen_after_disclosure_control(heard, officer):
    release = create_release(consultation=heard, by=officer, today=TODAY)
    stances = frozen(release, "stance")
    (lights,) = stances.values()  # the other themes have fewer than 30 people
    rows = {row["label"]: row["value"] for row in lights["rows"]}
    assert rows["For"] == 25
    assert lights["base"] == release.people_by_theme()[int(next(iter(stances)))]
    assert rows["Both"] is None  # nobody
    sounds = frozen(release, "sentiment")["all"]
    assert [column["label"] for column in sounds["columns"]][0] == "Sounds negative"
    assert sounds["base"] == 80
    every = values(lights) + values(sounds)
    assert all(value is None or value >= 5 for value in every)


def test_nothing_is_frozen_that_nobody_said(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert frozen(release, "stance") == frozen(release, "sentiment") == {}


def test_days_come_after_the_close_alone_and_never_a_small_one(answered, officer, colleague):
    day = date(2026, 11, 2)
    for n, pk in enumerate(Response.objects.order_by("pk").values_list("pk", flat=True)):
        late = timedelta(days=0 if n < 50 else 1 if n < 55 else 2 if n < 70 else 9)
        Response.objects.filter(pk=pk).update(day=day + late)
    ConsultationPage.objects.filter(pk=answered.pk).update(opens=day, closes=day + timedelta(days=4))
    answered.refresh_from_db()
    last_day = SimpleNamespace(consultation=answered, today=day + timedelta(days=4))
    assert not list(context_tables._build_day_table(last_day))
    release = create_release(consultation=answered, by=officer, today=TODAY)
    days = {row["id"]: row["value"] for row in frozen(release, "by-day")["day"]["rows"]}
    assert len(days) == 5
    assert days["2026-11-02"] == 50
    assert days["2026-11-06"] == 50  # what came later stands on the last day
    assert days["2026-11-03"] == 5
    assert days["2026-11-05"] is None  # nobody


def test_a_long_consultation_is_told_by_week_whatever_came():
    assert len(context_tables.list_day_spans(date(2026, 6, 1), date(2026, 6, 28))) == 28
    assert len(context_tables.list_day_spans(date(2026, 6, 1), date(2026, 6, 29))) == 5


@pytest.mark.parametrize(
    ("labels", "sounds"),
    [({"positive"}, "positive"), ({"positive", "neutral"}, "positive"), ({"neutral"}, "neutral"),
     ({"positive", "negative"}, "mixed")],
)  # fmt: skip
def test_a_person_counts_once_however_much_they_wrote(labels, sounds):
    assert context_tables._combine_sentiments(labels) == sounds

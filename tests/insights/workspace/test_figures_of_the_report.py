"""Figures on planners' pages that people act on, recounted here from the answers and the codes in the database."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.insights.conftest import answer_and_code
from tests.insights.releases.test_theme_estimates import draw_and_read, guessed  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
DAY = date(2026, 11, 25)
AGES = {"1": "11 to 13", "2": "14 or 15"}


@pytest.fixture
def reader(client):
    client.force_login(factories.staff("p@example.org", "insights.view_reports", "insights.draft_decision"))
    return lambda name, *args, **query: BeautifulSoup(
        client.get(reverse(name, args=args, query=query)).content, "html.parser"
    )


def told(element):
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def sampled(guessed, officer, colleague, codebook):  # noqa: F811
    """A release whose themes are estimated from what people read of a sample."""
    draw_and_read(guessed, officer, codebook)
    return publish_release(release=create_release(consultation=guessed, by=officer, today=DAY), by=colleague)


def test_each_theme_of_a_report_says_of_how_many_people_a_person_read_it(sampled, reader):
    table = reader("insights:report", sampled.pk).find("table", class_="ranked")
    rows = {told(row.th): told(row.find("td", class_="num")) for row in table.tbody.find_all("tr") if row.th}
    expected = {}
    for theme in Theme.objects.filter(slug__in=["lights", "staff"]):
        read = set(Code.objects.by_people().filter(theme=theme).values_list("text__respondent", flat=True))
        shown = next(row["value"] for row in sampled.theme_rows() if row["id"] == str(theme.pk))
        expected[theme.slug.capitalize()] = (shown, len(read))
    found = {
        label: tuple(map(int, re.match(r"(\d+) .*?(\d+) read by a person", words).groups()))
        for label, words in rows.items()
    }
    assert found == expected


def next_wave(home, before, officer):
    """Ninety other people, asked the same again: every second one on lights, the older ones first."""
    items = before.versions.get().content["items"]
    page, version = factories.consultation(home, slug="parks-2", title="Parks again", items=items, by=officer)
    ConsultationPage.objects.filter(pk=page.pk).update(wave_of=before)
    people = [
        ({"a": "1", "d": "2" if n < 40 else "1"}, {"q-c": f"{'lights' if n % 2 else 'staff'} number {n:02}"})
        for n in range(90)
    ]
    answer_and_code(version, people, officer)
    page.refresh_from_db()
    return page


def recount_themes_by_age(page):
    """{(theme, age): percent of those of this age who answered in words}"""
    age_of = {one.pk: one.closed["d"] for one in Response.objects.filter(version__page=page)}
    wrote = {text.respondent for text in Text.objects.of(page)}
    found = {}
    for slug in ("lights", "staff"):
        codes = Code.objects.by_people().filter(theme__slug=slug, text__in=Text.objects.of(page))
        on = set(codes.values_list("text__respondent", flat=True))
        for key, age in AGES.items():
            of = {one for one in wrote if age_of[one] == key}
            found[slug.capitalize(), age] = round(100 * len(of & on) / len(of))
    return found


def test_themes_by_group_stand_over_the_waves_as_people_said_them(home, answered, officer, colleague, reader):
    waves = [answered, next_wave(home, answered, officer)]
    releases = [
        publish_release(release=create_release(consultation=page, by=officer, today=DAY), by=colleague)
        for page in waves
    ]
    page = reader("insights:compare", release=releases[1].pk, what="themes", by="q-d")
    section = page.find("section", attrs={"aria-labelledby": "waves"})
    expected = [recount_themes_by_age(page) for page in waves]
    seen = 0
    for group in section.find_all("details"):
        assert [told(th) for th in group.thead.find_all("th")] == ["Theme", "Parks", "Parks again"]
        for row in group.tbody.find_all("tr"):
            label = told(row.th), told(group.summary)
            for cell, percents in zip(row.find_all("td"), expected, strict=True):
                if "%" in told(cell):
                    assert told(cell).startswith(f"{percents[label]}% ("), label
                    seen += 1
    assert seen >= 6

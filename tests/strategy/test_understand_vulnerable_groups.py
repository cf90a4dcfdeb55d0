"""1.2: the reach view lists every expected group, with 'not heard' where the count is below the minimum."""

import pytest

from consultation.responses.models import EqualityRow
from insights.releases.equality_pictures import refresh_equality_pictures
from insights.representation.actions import refresh_representation, set_benchmark
from tests.strategy.template_worlds import TODAY, answer, keys_of, publish_template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
CARE = {"Yes, now": 300, "Yes, in the past": 200, "No": 500}


@pytest.fixture
def heard(home, person):
    """120 people, of whom 3 are in care now, beside a benchmark in which they are 30 in 100."""
    page, version = publish_template(home, "support-experience")
    answer(version, 120, age="14-15")
    for people, care in ((3, "yes-now"), (30, "yes-in-the-past"), (87, "no")):
        rows = keys_of(version, {"care-experience": care, "sex": "female"})
        EqualityRow.objects.bulk_create(EqualityRow(consultation=page, answers=rows) for _ in range(people))
    refresh_equality_pictures(TODAY)
    refresh_representation(TODAY)
    groups = [{"label": label, "number": number} for label, number in CARE.items()]
    officer = person("engagement_officer")
    set_benchmark(
        by=officer, about="q:care-experience", name="Children of the area", source="Invented", dated=TODAY,
        groups=groups, consultation=page,
    )  # fmt: skip
    return page


def read_page(client, page):
    return client.get(f"/insights/representation/{page.slug}/").content.decode()


def test_every_expected_group_is_listed_and_who_is_below_the_minimum_is_not_heard(client_as, heard):
    html = read_page(client_as("planner"), heard)
    for group in (*CARE, "Female", "Male", "Urdu", "Mixed or multiple ethnic groups", "16–17"):
        assert f'<th scope="row">{group}</th>' in html, group
    assert "not heard, or hardly: fewer than 5" in html
    assert "Not heard from yet, or hardly" in html, "beside the benchmark"
    missing = html[html.index('id="not"') : html.index('id="f1"')]
    assert "Yes, now" in missing and "(have you ever been in care?)" in missing


def test_the_overview_names_them_too(client_as, heard):
    assert "Yes, now" in client_as("planner").get("/insights/representation/").content.decode()


def test_the_way_out_says_the_same(client_as, heard):
    sheet = client_as("planner").get(f"/insights/representation/{heard.slug}/reach.csv").getvalue().decode()
    assert '"Have you ever been in care?","Yes, now","fewer than 5"' in sheet


def test_a_benchmark_of_a_group_kept_apart_can_be_written_down(client_as, heard):
    officer = client_as("engagement_officer")
    form = officer.get(f"/insights/representation/{heard.slug}/benchmarks/add/?about=q:young-carer")
    assert form.status_code == 200 and "Do you look after someone" in form.content.decode()


def test_who_was_heard_is_compared_only_with_a_benchmark_of_the_same_groups(heard, holding, person):
    assert holding("understand-vulnerable-groups") == {"equality", "groups"}
    ages = [{"label": "14–15", "number": 500}, {"label": "16–17", "number": 500}]
    set_benchmark(
        by=person("engagement_officer"), about="age", name="Ages", source="Invented", dated=TODAY, groups=ages,
        consultation=heard,
    )  # fmt: skip
    assert holding("understand-vulnerable-groups") == {"equality", "groups", "reach"}

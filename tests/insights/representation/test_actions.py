"""Who has answered, by cell keys: weekly at most, from 30 up; and benchmarks with recorded changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.audit.models import AuditEntry
from consultation.channels.short_links.models import PrintedLink
from consultation.responses.models import Response
from insights.representation import actions
from insights.representation.models import Benchmark, ReachPicture
from tests import factories
from tests.insights.representation.conftest import TODAY, answers, make_parks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
TOMORROW, NEXT_WEEK = TODAY + timedelta(days=1), TODAY + timedelta(days=7)


def picture(page):
    return ReachPicture.objects.get(consultation=page)


def values(page, key):
    return {group["label"]: group["value"] for group in picture(page).figure(key)["groups"]}


def area(by, page, **more):
    given = {
        "about": "area",
        "name": "Census",
        "source": "The office",
        "dated": TODAY,
        "groups": [{"label": "East", "number": 500}, {"label": "North", "number": 300}],
    }
    return actions.set_benchmark(by=by, consultation=page, **(given | more))


def test_people_are_told_by_age_area_language_and_way(answered):
    assert actions.refresh_representation(TODAY) == 1
    assert picture(answered).people == 400
    assert list(values(answered, "age").values()) == [200, 197, None, None]
    assert list(values(answered, "area").values()) == [200, 137, None, 60]
    assert [group["symbol"] for group in picture(answered).figure("language")["groups"]] == [
        "nearly all",
        "fewer than 5",
    ]
    by_way = values(answered, "way")
    assert (by_way["On the web"], by_way["Shared tablet"], by_way["On paper"]) == (337, 60, None)


def test_who_did_not_want_to_say_is_counted_with_who_left_it_out(answered):
    answers(answered, 30, age="11 to 13")
    actions.refresh_representation(TODAY)
    unsaid = next(value for label, value in values(answered, "area").items() if label.startswith("Did not say"))
    assert unsaid == 90


def test_the_held_and_the_withdrawn_are_not_counted(answered):
    answers(answered, 500, age="11 to 13", area="East", excluded_from_figures=True)
    answers(answered, 500, age="11 to 13", area="East", withdrawn=True)
    actions.refresh_representation(TODAY)
    assert picture(answered).people == 400


def test_answers_of_an_older_version_are_joined_by_question_and_choice(answered):
    first = answered.versions.order_by("number").first()
    Response.objects.bulk_create(
        Response(version=first, language="en", day=TODAY, closed={"g": "3", "r": "1"}) for _ in range(60)
    )
    actions.refresh_representation(TODAY)
    assert values(answered, "age")["16 or 17"] == 63


def test_a_printed_link_is_a_way_of_its_own(answered):
    PrintedLink.objects.create(name="bcdf", page=answered, label="Libraries", channel="poster")
    answers(answered, 50, age="11 to 13", area="East", link="bcdf")
    answers(answered, 20, age="11 to 13", area="East", link="gone")
    actions.refresh_representation(TODAY)
    assert values(answered, "way")["A link: posters"] == 50
    assert values(answered, "way")["On the web"] == 357


def test_it_is_renewed_weekly_and_only_where_ten_or_more_came(answered):
    assert actions.refresh_representation(TODAY) == 1
    before = picture(answered).figures
    answers(answered, 9, age="16 or 17", area="North")
    assert actions.refresh_representation(NEXT_WEEK) == 0
    answers(answered, 300, age="16 or 17", area="North")
    assert actions.refresh_representation(NEXT_WEEK - timedelta(days=1)) == 0
    assert (picture(answered).figures, picture(answered).as_of) == (before, TODAY)
    assert actions.refresh_representation(NEXT_WEEK) == 1
    assert picture(answered).people == 709


def test_fewer_than_thirty_leave_an_empty_picture(parks):
    answers(parks, 29, age="11 to 13", area="East")
    actions.refresh_representation(TODAY)
    assert picture(parks).people is None
    assert set(values(parks, "age").values()) == {None}


def test_two_weeks_after_the_close_the_picture_is_final(home):
    page = make_parks(home, closes=TODAY - timedelta(days=15), opens=TODAY - timedelta(days=60))
    answers(page, 100, age="11 to 13", area="East")
    actions.refresh_representation(TODAY)
    assert picture(page).final
    Response.objects.all().delete()
    assert actions.refresh_representation(TOMORROW) == 0
    assert picture(page).people == 100


def test_what_is_typed_in_after_the_close_still_counts(home):
    page = make_parks(home, closes=TODAY - timedelta(days=3), opens=TODAY - timedelta(days=60))
    answers(page, 100, age="11 to 13", area="East")
    actions.refresh_representation(TODAY)
    answers(page, 50, age="11 to 13", area="East", channel="paper")
    actions.refresh_representation(NEXT_WEEK)
    assert (picture(page).people, picture(page).final) == (150, False)


def test_a_consultation_that_opens_again_is_looked_at_again(home):
    page = make_parks(home, closes=TODAY - timedelta(days=15), opens=TODAY - timedelta(days=60))
    answers(page, 100)
    actions.refresh_representation(TODAY)
    page.closes = TODAY + timedelta(days=30)
    page.save()
    actions.refresh_representation(TOMORROW)
    assert not picture(page).final


def test_the_sweep_is_on_the_workers_list(answered):
    from cms.operations.scheduler.sweep_schedule import SWEEPS

    assert any(sweep.load() is actions.refresh_representation and sweep.seconds == 86400 for sweep in SWEEPS)
    actions.refresh_representation()
    assert picture(answered).people == 400


def test_a_benchmark_is_on_record_with_its_numbers_before_and_after(parks, officer):
    made = area(officer, parks)
    area(officer, parks, benchmark=made, groups=[{"label": "East", "number": 650}])
    actions.remove_benchmark(benchmark=made, by=officer)
    entries = AuditEntry.objects.filter(verb__startswith="benchmark").order_by("seq")
    assert [(entry.verb, entry.data.get("before"), entry.data.get("now")) for entry in entries] == [
        ("benchmark added", None, [500, 300]),
        ("benchmark changed", [500, 300], [650]),
        ("benchmark removed", [650], None),
    ]
    assert not Benchmark.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "what it is called"),
        ({"source": ""}, "where the numbers are from"),
        ({"dated": TOMORROW}, "in the future"),
        ({"groups": []}, "At least one group"),
        ({"groups": [{"label": "East", "number": 0}]}, "At least one group"),
        ({"groups": [{"label": "East", "number": 1}, {"label": "east ", "number": 2}]}, "stands once"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_benchmark_without_what_it_needs_is_refused(parks, officer, wrong, words):
    with pytest.raises(ValidationError, match=words):
        area(officer, parks, **wrong)
    assert not Benchmark.objects.exists()


def test_a_second_benchmark_of_one_name_is_refused_and_several_of_other_names_stand(parks, officer):
    area(officer, parks)
    area(officer, parks, name="School roll")
    with pytest.raises(ValidationError, match="this name already"):
        area(officer, parks)


def test_a_file_is_kept_whole_or_not_at_all(parks, officer):
    good = {"about": "area", "name": "A", "source": "S", "dated": TODAY, "consultation": parks}
    rows = [good | {"groups": [{"label": "East", "number": 5}]}, good | {"name": "B", "groups": []}]
    with pytest.raises(ValidationError):
        actions.set_benchmarks(by=officer, benchmarks=rows)
    assert not Benchmark.objects.exists()


def test_bringing_the_same_file_again_changes_what_stands(parks, officer):
    row = {"about": "area", "name": "A", "source": "S", "dated": TODAY, "consultation": parks}
    for number in (5, 6):
        actions.set_benchmarks(by=officer, benchmarks=[row | {"groups": [{"label": "East", "number": number}]}])
    assert [benchmark.number for benchmark in Benchmark.objects.all()] == [6]


def test_only_officers_set_benchmarks(parks):
    planner = factories.staff("planner@example.org", "insights.draft_decision")
    with pytest.raises(PermissionDenied):
        area(planner, parks)

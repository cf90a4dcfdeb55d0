"""The daily count: once a day, rounded, from 30 up, steady; and benchmarks with recorded changes."""

import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.short_links.models import PrintedLink
from consultation.responses.models import Response
from consultation.surveys.models import PublishedVersion
from insights.representation import actions
from insights.representation.models import Benchmark, ReachPicture
from insights.representation.tasks import refresh_reach
from tests import factories
from tests.insights.representation.conftest import AGES, TODAY, answers, make_parks

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


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
    assert actions.refresh_reach_pictures(TODAY) == 1
    assert picture(answered).people == 400
    assert list(values(answered, "age").values()) == [200, 190, None, None]
    assert list(values(answered, "area").values()) == [200, 130, None, 60]
    assert list(values(answered, "language").values()) == [390, None]
    by_way = values(answered, "way")
    assert (by_way["On the web"], by_way["Shared tablet"], by_way["On paper"]) == (330, 60, None)


def test_who_did_not_want_to_say_is_counted_with_who_left_it_out(answered):
    answers(answered, 30, age="11 to 13")
    actions.refresh_reach_pictures(TODAY)
    unsaid = next(value for label, value in values(answered, "area").items() if label.startswith("Did not say"))
    assert unsaid == 90


def test_the_held_and_the_withdrawn_are_not_counted(answered):
    answers(answered, 500, age="11 to 13", area="East", excluded_from_figures=True)
    answers(answered, 500, age="11 to 13", area="East", withdrawn=True)
    actions.refresh_reach_pictures(TODAY)
    assert picture(answered).people == 400


def test_answers_of_an_older_version_are_joined_by_question_and_choice(answered):
    first = answered.versions.order_by("number").first()
    Response.objects.bulk_create(
        Response(version=first, language="en", day=TODAY, closed={"g": "3", "r": "1"}) for _ in range(60)
    )
    actions.refresh_reach_pictures(TODAY)
    assert values(answered, "age")["16 or 17"] == 70


def test_a_printed_link_is_a_way_of_its_own(answered):
    PrintedLink.objects.create(name="bcdf", page=answered, label="Libraries", channel="poster")
    answers(answered, 50, age="11 to 13", area="East", link="bcdf")
    answers(answered, 20, age="11 to 13", area="East", link="gone")
    actions.refresh_reach_pictures(TODAY)
    assert values(answered, "way")["A link: posters"] == 50
    assert values(answered, "way")["On the web"] == 350


def test_a_day_has_one_look_and_running_again_changes_nothing(answered):
    assert actions.refresh_reach_pictures(TODAY) == 1
    answers(answered, 300, age="16 or 17", area="North")
    assert actions.refresh_reach_pictures(TODAY) == 0
    assert picture(answered).people == 400
    assert actions.refresh_reach_pictures(TOMORROW) == 1
    assert picture(answered).people == 700


def test_a_few_more_people_move_no_number_though_the_day_is_told(answered):
    actions.refresh_reach_pictures(TODAY)
    before = picture(answered).figures
    answers(answered, 9, age="16 or 17", area="North")
    actions.refresh_reach_pictures(TOMORROW)
    assert picture(answered).figures == before
    assert picture(answered).as_of == TOMORROW


def test_no_exact_number_is_stored(answered):
    actions.refresh_reach_pictures(TODAY)
    stored = str(picture(answered).figures)
    assert all(f" {number}" not in stored for number in (12, 128, 188, 388, 328))


def test_fewer_than_thirty_leave_an_empty_picture(parks):
    answers(parks, 29, age="11 to 13", area="East")
    actions.refresh_reach_pictures(TODAY)
    assert picture(parks).people is None
    assert set(values(parks, "age").values()) == {None}


def test_two_weeks_after_the_close_the_picture_is_final(home):
    page = make_parks(home, closes=TODAY - timedelta(days=15), opens=TODAY - timedelta(days=60))
    answers(page, 100, age="11 to 13", area="East")
    actions.refresh_reach_pictures(TODAY)
    assert picture(page).final
    Response.objects.all().delete()
    assert actions.refresh_reach_pictures(TOMORROW) == 0
    assert picture(page).people == 100


def test_what_is_typed_in_after_the_close_still_counts(home):
    page = make_parks(home, closes=TODAY - timedelta(days=3), opens=TODAY - timedelta(days=60))
    answers(page, 100, age="11 to 13", area="East")
    actions.refresh_reach_pictures(TODAY)
    answers(page, 50, age="11 to 13", area="East", channel="paper")
    actions.refresh_reach_pictures(TOMORROW)
    assert (picture(page).people, picture(page).final) == (150, False)


def test_a_consultation_that_opens_again_is_looked_at_again(home):
    page = make_parks(home, closes=TODAY - timedelta(days=15), opens=TODAY - timedelta(days=60))
    answers(page, 100)
    actions.refresh_reach_pictures(TODAY)
    page.closes = TODAY + timedelta(days=30)
    page.save()
    assert actions.refresh_reach_pictures(TOMORROW) == 1
    assert not picture(page).final


def test_the_sweep_is_on_the_workers_list(answered):
    from cms.operations.scheduler.sweep_schedule import SWEEPS

    assert any(sweep.load() is refresh_reach and sweep.seconds == 86400 for sweep in SWEEPS)
    refresh_reach.func()
    assert picture(answered).people == 400


def test_lines_are_drawn_from_the_secret_of_the_site(answered, settings):
    drawn = [actions._draw_from_secret(answered, "area", "East", shown) for shown in range(30, 300, 5)]
    assert drawn == [actions._draw_from_secret(answered, "area", "East", shown) for shown in range(30, 300, 5)]
    settings.SECRET_KEY = "another secret of another site"
    other = [actions._draw_from_secret(answered, "area", "East", shown) for shown in range(30, 300, 5)]
    assert set(drawn) == set(other) == {0, 1, 2, 3, 4}
    assert drawn != other


def test_the_whole_of_a_consultation_has_one_line_in_every_table(answered):
    whole = {
        actions._draw_from_secret(answered, key, "", 200) for key in ("everyone", "age", "area", "language", "way")
    }
    assert len(whole) == 1


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


def test_day_by_day_no_number_on_the_page_moves_for_fewer_than_eleven_people(answered):
    """Two people a day, whom an attacker sees come: every stored number stands, or has moved past all that it hid."""
    actions.refresh_reach_pictures(TODAY)
    seen, moves = [_numbers(answered)], 0
    for day in range(1, 25):
        answers(answered, 2, age="16 or 17", area="North")
        actions.refresh_reach_pictures(TODAY + timedelta(days=day))
        now = _numbers(answered)
        for name, value in now.items():
            before = seen[-1][name]
            assert before in (None, value) or (value is not None and value - before >= 15), name
            moves += before != value
        seen.append(now)
    assert moves > 3, "numbers do move in the end"
    assert seen[-1]["everyone", "Everyone"] > 400


def _numbers(page):
    return {
        (figure["key"], group["label"]): group["value"]
        for figure in picture(page).figures
        for group in figure["groups"]
    }


def next_version(page, change):
    newest = page.versions.order_by("-number").first()
    content = copy.deepcopy(newest.content)
    content["items"] = change(content["items"])
    PublishedVersion.objects.create(page=page, number=newest.number + 1, content=content, published_at=timezone.now())


def test_a_question_that_is_taken_out_and_put_back_shows_no_new_number(answered):
    """Or an officer could have the same people rounded again and again, and see which side of a line they are on."""
    actions.refresh_reach_pictures(TODAY)
    before = values(answered, "age")
    items = answered.versions.order_by("-number").first().content["items"]
    next_version(answered, lambda all_: [item for item in all_ if item["key"] != "g"])
    answers(answered, 4, age=None, area="East")
    actions.refresh_reach_pictures(TOMORROW)
    assert picture(answered).figure("age") is None
    next_version(answered, lambda _: items)
    answers(answered, 4, age="11 to 13", area="East")
    actions.refresh_reach_pictures(TODAY + timedelta(days=2))
    assert values(answered, "age") == before


def test_a_choice_that_is_taken_out_and_put_back_shows_no_new_number(answered):
    actions.refresh_reach_pictures(TODAY)
    before = values(answered, "age")
    items = answered.versions.order_by("-number").first().content["items"]
    next_version(answered, lambda all_: [_without_choice(item, "1") if item["key"] == "g" else item for item in all_])
    answers(answered, 30, age="14 or 15", area="West")
    actions.refresh_reach_pictures(TOMORROW)
    assert "11 to 13" not in values(answered, "age")
    next_version(answered, lambda _: items)
    answers(answered, 9, age="11 to 13", area="East")
    answers(answered, 11, age="14 or 15", area="East")
    actions.refresh_reach_pictures(TODAY + timedelta(days=2))
    assert values(answered, "age")["11 to 13"] == before["11 to 13"]


def _without_choice(item, key):
    return item | {"options": [option for option in item["options"] if option["key"] != key]}


def test_a_question_keeps_its_figure_under_another_name(answered):
    """A second question on age, put first, takes the short name; the numbers of the old one do not begin anew."""
    actions.refresh_reach_pictures(TODAY)
    before = [group["value"] for group in picture(answered).figure("age")["groups"]]
    another = factories.question("z", options=list(AGES), about_you="age")
    next_version(answered, lambda items: [another, *items])
    answers(answered, 4, age="11 to 13", area="East")
    actions.refresh_reach_pictures(TOMORROW)
    assert [group["value"] for group in picture(answered).figure("q:q-g")["groups"]] == before

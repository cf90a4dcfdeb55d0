"""The leads' board: waiting cases, clocks, next steps, consequences of inaction, and hidden cases."""

from datetime import datetime, timedelta

import pytest

from consultation.reading import screening_sweep
from consultation.reading.redaction_marks import name_reasons
from consultation.safeguarding import actions, lead_access, lead_board
from consultation.safeguarding.clocks import LONDON, T1_TIME
from consultation.safeguarding.contact_requests import actions as handling
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide, opened

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)


def names(items):
    return [item.name for item in items]


def test_over_time_comes_first_then_what_is_due_next(new_answer, reader, lead):
    late = opened(new_answer(), reader, "T2", now=TEN - timedelta(days=1))
    soon, later = (opened(new_answer(), reader, priority, now=TEN) for priority in ("T1", "T3"))
    acted = opened(new_answer(), reader, "T1", now=TEN - timedelta(days=2))
    actions.claim_case(case=acted, by=lead)
    decide(acted, lead, "referred")
    items = lead_board.list_open_items(lead, TEN)
    assert names(items) == [late.name, soon.name, later.name, acted.name]
    assert [item.over for item in items] == [True, False, False, False]


def test_each_state_has_its_lane(new_answer, reader, lead, other_lead):
    cases = {priority: opened(new_answer(), reader, priority) for priority in ("T1", "T2", "T3")}
    actions.claim_case(case=cases["T1"], by=lead)
    decide(cases["T1"], lead, "second-view", reason="x")
    actions.claim_case(case=cases["T2"], by=lead)
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    kept = actions.keep_withdrawn_text(answer=new_answer(), question_text="What is good?")
    lanes = {
        lane.key: {item.obj.pk for item in lane.items}
        for lane in lead_board.group_into_lanes(lead_board.list_open_items(lead))
    }
    assert lanes == {
        "new": {cases["T3"].pk, contact.pk, kept.pk},
        "claimed": {cases["T2"].pk},
        "second-view": {cases["T1"].pk},
        "acting": set(),
    }
    handling.claim_contact(contact=contact, by=lead)
    handling.record_contact_reached(contact=contact, by=lead, note="Spoke.")
    assert contact.pk in {
        item.obj.pk for item in lead_board.group_into_lanes(lead_board.list_open_items(lead))[3].items
    }


def test_what_follows_if_nobody_acts(answer, reader, lead):
    case = opened(answer, reader, "T1", now=TEN)
    assert lead_board.build_case_item(case, TEN).next_steps == [
        (TEN + T1_TIME / 2, "the backup lead is told"),
        (TEN + T1_TIME, "the backup lead is told again"),
        (TEN + T1_TIME * 1.5, "the head of service is told"),
    ]
    late = lead_board.build_case_item(case, TEN + T1_TIME * 2).next_steps
    assert late == [(TEN + T1_TIME * 2, "the head of service is told")], "one message, not three at once"
    case.alerted = 100
    assert [said for _, said in lead_board.build_case_item(case, TEN).next_steps] == ["the head of service is told"]
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    assert lead_board.build_case_item(case, TEN).next_steps == []


def test_what_is_next_is_ones_own_or_nobodys(new_answer, reader, lead, other_lead):
    first, second, third = (opened(new_answer(), reader, priority, now=TEN) for priority in ("T1", "T2", "T3"))
    items = lead_board.list_open_items(lead, TEN)
    assert lead_board.pick_next_item(items, lead).obj == first
    actions.claim_case(case=first, by=other_lead)
    assert lead_board.pick_next_item(lead_board.list_open_items(lead, TEN), lead).obj == second
    decide(first, other_lead, "second-view", reason="x")
    assert lead_board.pick_next_item(lead_board.list_open_items(lead, TEN), lead).obj == first, (
        "a second view waits for this lead"
    )
    assert lead_board.pick_next_item(lead_board.list_open_items(other_lead, TEN), other_lead).obj == second
    assert lead_board.pick_next_item([], lead) is None


def test_ways_to_look_at_the_board(new_answer, reader, lead, other_lead):
    mine, theirs, free = (opened(new_answer(), reader, priority, now=TEN) for priority in ("T1", "T2", "T3"))
    actions.claim_case(case=mine, by=lead)
    actions.claim_case(case=theirs, by=other_lead)
    items = lead_board.list_open_items(lead, TEN + timedelta(hours=3))
    found = {key: names(lead_board.filter_items(items, key, lead)) for key in lead_board.BOARD_FILTERS}
    assert found["mine"] == found["T1"] == found["over"] == [mine.name]
    assert found["free"] == found["T3"] == [free.name]
    assert found["T2"] == [theirs.name]
    assert len(found[""]) == 3 and len(lead_board.filter_items(items, "nonsense", lead)) == 3


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    ("agency", "sees"), [("Council", True), ("Youth Trust", False), ("YOUTH  trust", False), ("", False)]
)
def test_a_concern_about_staff_exists_for_leads_of_other_agencies_alone(answer, reader, person, agency, sees):
    lead = person("safeguarding_lead")
    lead.agency = factories.agency(agency)
    case = opened(answer, reader, "T2", agency=factories.agency("Youth Trust"))
    assert (case.name in names(lead_board.list_open_items(lead))) is sees
    open_case = opened_and_closed(case, person)
    assert (open_case in lead_board.select_closed_cases(lead)) is sees
    kept = actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    assert kept.case is None
    assert (lead_access.count_waiting_withdrawn(lead) == 1) is sees


def opened_and_closed(case, person):
    other = person("safeguarding_lead")
    other.agency = factories.agency("Police")
    actions.claim_case(case=case, by=other)
    decide(case, other, "referred")
    return close(case, other, "LADO")


def test_a_full_board_is_few_queries(new_answer, reader, lead, django_assert_max_num_queries):
    for number in range(30):
        opened(new_answer(), reader, ("T1", "T2", "T3")[number % 3])
    with django_assert_max_num_queries(7):
        items = lead_board.list_open_items(lead)
    lane = lead_board.group_into_lanes(items)[0]
    assert (len(lane.items), len(lane.first), lane.more) == (30, 12, 18)


def test_a_card_tells_category_note_and_language(new_answer, reader, lead):
    answer = new_answer("I want to kill myself.")
    screening_sweep.screen_answers([answer], TEN)
    case = opened(answer, reader, "T1", now=TEN)
    flagged, free = lead_board.list_open_items(lead, TEN)[0], actions.open_case(answer=None, by=lead, priority="T3")
    assert (flagged.obj, flagged.why, flagged.asked.language_name) == (case, "A worry.", "English")
    stored = {reason["label"] for reason in answer.screening.reasons if reason["category"] != "learned"}
    assert flagged.reasons and set(flagged.reasons) == stored
    assert lead_board.list_open_items(lead, TEN)[1].obj == free
    assert lead_board.list_open_items(lead, TEN)[1].reasons == []


def test_a_likeness_is_told_where_no_rule_says_more():
    rule = {"label": "Being hit", "category": "violence"}
    like, other = ({"label": label, "category": "learned"} for label in ("Like others", "These words"))
    assert name_reasons([rule, like, rule]) == ["Being hit"]
    assert name_reasons([like, other]) == ["Like others"]
    assert name_reasons([]) == []


def test_where_the_vault_is_locked_the_board_is_there_without_notes(answer, reader, lead, settings):
    opened(answer, reader)
    settings.ANSWER_OPEN_KEYS = []
    assert [item.why for item in lead_board.list_open_items(lead)] == [""]


def build_case_of(home, reader, closed, *more):
    age = factories.question("b", "about", ["11 to 13", "14 or 15"], about_you="age")
    area = factories.question("c", "area", ["Keighley", "Shipley"], about_you="area")
    items = [factories.question("a", "long_text"), age, area, *more]
    _, version = factories.consultation(home, items=items)
    return opened(factories.response(version, closed=closed, texts={"q-a": "He waits."}).answers.get(), reader)


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ({"b": "2", "c": "1"}, ["Age: 14 or 15", "Area: Keighley"]),
        ({"c": "2"}, ["Area: Shipley"]),
        ({"b": "na", "c": "dk"}, []),
        ({}, []),
    ],
)
def test_a_card_tells_age_band_and_area_where_the_survey_asked(home, reader, lead, client_as, closed, said):
    case = build_case_of(home, reader, closed)
    [item] = lead_board.list_open_items(lead)
    assert item.person == said
    desk = client_as("safeguarding_lead")
    pages = desk.get("/staff/safeguarding/").content.decode(), desk.get(item.url).content.decode()
    assert all(". ".join(said) in page for page in pages) and case.name in pages[0]


def test_a_card_tells_no_words_no_exact_number_and_no_other_answer(home, reader, lead):
    more = [
        factories.question("d", "number", ["0 to 17"], about_you="age", min=0, max=99),
        factories.question("e", options=["Yes"], about_you="other"),
        factories.question("f", "short_text"),
    ]
    more[0]["options"][0] |= {"from": 0, "to": 17}
    build_case_of(home, reader, {"d": 13, "e": "1"}, *more)
    [item] = lead_board.list_open_items(lead)
    assert item.person == ["Age: 0 to 17"]

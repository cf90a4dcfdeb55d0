"""How soon answers are read and concerns acted on: recomputed from the database, and shown to whom it may be."""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from math import ceil

import pytest
from django.urls import reverse

from consultation import handover
from consultation.domain.calendar_quarters import Quarter
from consultation.reading import actions, reading_clock
from consultation.reading.models import Reading, Screening
from consultation.reading.response_times import case_figures, read_figures
from consultation.reading.response_times.models import FirstReadTally
from consultation.responses.models import Answer
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.clocks import LONDON, STANDARD_WEEK, write_slot
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.consultation.safeguarding.conftest import refer

QUARTER = Quarter(2026, 3)
MONDAY = datetime(2026, 8, 10, 9, tzinfo=LONDON)
PAGE = "/staff/figures/"
PUBLIC = ["/en/privacy-adults/", "/en/privacy/", "/en/hear-by-right/"]


@pytest.fixture
def came(sent):
    """came(day, "T1", due): an unread answer of this day, with its screening."""

    def make(moment, priority="", **fields):
        answer = sent("Words about a park.", day=moment.date(), **fields)
        row = Screening(answer=answer, order=[bool(priority), priority, ""], engine="test")
        row.clock = write_slot(reading_clock.order_due(row.reading_order, moment))
        row.save()
        return answer

    return make


def read(answer, reader, now, decision="clear"):
    note = "I know why." if decision != "triage" else "A worry."
    return actions.decide_answer(answer=answer, by=reader, decision=decision, spans=[], note=note, now=now)


def working_days_between(day, until):
    """As the test counts them, apart from the code."""
    days = [day + timedelta(days=number) for number in range(1, (until - day).days + 1)]
    return sum(STANDARD_WEEK.day(each) is not None for each in days)


@pytest.fixture
def history(came, reader):
    """Forty answers of a quarter, read at random moments, some not at all; {answer id: its due slot}."""
    chance, slots = random.Random(18), {}
    for number in range(40):
        moment = MONDAY + timedelta(hours=chance.randrange(0, 200))
        answer = came(moment, chance.choice(["", "", "", "T1", "T2", "T3"]))
        slots[answer.pk] = answer.screening.due
        if number % 9:
            read(answer, reader, moment + timedelta(hours=chance.choice([0.1, 1, 3, 20, 30, 100])))
    return slots


def is_late(answer, slots, moment):
    """By the slot of a flag, else when the first working day after the answer's day has ended."""
    day = answer.response.day + timedelta(days=1)
    while STANDARD_WEEK.day(day) is None:
        day += timedelta(days=1)
    return moment > (slots[answer.pk] or STANDARD_WEEK.day(day)[1])


@pytest.mark.slow
def test_the_public_share_is_that_of_the_database(history):
    now = MONDAY + timedelta(days=60)
    read_late = [is_late(one.answer, history, one.decided_at) for one in Reading.objects.select_related("answer")]
    unread = Answer.objects.filter(state="unread")
    overdue = [answer for answer in unread if is_late(answer, history, now)]
    base = len(read_late) + len(overdue)
    assert base == 40 and unread.exists()
    share = read_figures.find_read_share(QUARTER, now)
    assert share.percent == 100 * read_late.count(False) // base
    assert handover.get_cached_read_share(QUARTER) == share == read_figures.find_read_share(now=now)


def test_the_figures_by_priority_are_those_of_the_database(history):
    waits, late = defaultdict(list), defaultdict(int)
    for one in Reading.objects.select_related("answer__response", "answer__screening"):
        priority = one.answer.screening.priority
        if priority != "T1":
            waits[priority].append(working_days_between(one.answer.response.day, one.decided_at.date()))
        late[priority] += is_late(one.answer, history, one.decided_at)
    for row in read_figures.list_first_reads(QUARTER, MONDAY + timedelta(days=60)):
        assert row.late == late[row.priority]
        if row.priority != "T1":
            steps = sorted(waits[row.priority])
            assert (row.answers, row.median) == (len(steps), steps[ceil(len(steps) * 0.5) - 1])
            assert row.nine_in_ten == steps[ceil(len(steps) * 0.9) - 1]


def test_a_share_of_fewer_than_thirty_answers_is_not_told(came, reader):
    for _ in range(29):
        read(came(MONDAY), reader, MONDAY)
    assert read_figures.find_read_share(QUARTER) is None
    read(came(MONDAY), reader, MONDAY)
    assert read_figures.find_read_share(QUARTER).percent == 100


def test_the_share_is_the_same_whether_answers_were_triaged_or_not(came, reader):
    for decision in ["triage", "clear"] * 15:
        read(came(MONDAY, "T1"), reader, MONDAY + timedelta(minutes=5), decision)
    with_triage = read_figures.find_read_share(QUARTER)
    FirstReadTally.objects.filter(priority="T1").update(priority="")
    assert with_triage == read_figures.find_read_share(QUARTER)
    assert set(vars(with_triage)) == {"quarter", "percent"}


def test_an_answer_counts_once_and_its_first_read_does(came, reader):
    answer = came(MONDAY)
    read(answer, reader, MONDAY, "hold")
    actions.undo_decision(answer=answer, by=reader, now=MONDAY)
    read(answer, reader, MONDAY + timedelta(days=9))
    assert list(FirstReadTally.objects.values_list("steps", "late", "answers")) == [(0, False, 1)]


def test_floods_imports_and_seeded_answers_do_not_count(came, reader):
    read(came(MONDAY, excluded_from_figures=True), reader, MONDAY)
    read(came(MONDAY, channel="import"), reader, MONDAY)
    assert not FirstReadTally.objects.exists()
    came(MONDAY, excluded_from_figures=True)
    assert sum(row.overdue for row in read_figures.list_first_reads(QUARTER)) == 0


def test_the_tally_keeps_no_time_and_no_answer():
    assert {field.name for field in FirstReadTally._meta.fields} == {
        "id", "quarter", "priority", "steps", "late", "answers",
    }  # fmt: skip


@pytest.fixture
def cases(came, reader, person):
    """Three T1 cases: words seen after one and three hours and never; the first was referred after two."""
    lead = factories.join_agency(person("safeguarding_lead"), "Council")
    made = []
    for hours in (1, 3, None):
        opened = safeguarding.open_case(answer=came(MONDAY), by=reader, priority="T1", why="A worry.", now=MONDAY)
        made.append(opened)
        if hours:
            seen = MONDAY + timedelta(hours=hours)
            safeguarding.claim_case(case=opened, by=lead, now=seen)
            safeguarding.view_case_texts(case=opened, by=lead, reason="To decide.", now=seen)
    refer(made[0], lead, "CEOP", now=MONDAY + timedelta(hours=2))
    return made, lead


def test_times_of_cases_are_those_of_notes_and_referrals(cases):
    urgent = case_figures.list_case_times(QUARTER, TriageCase.objects.all(), MONDAY + timedelta(days=1))[0]
    assert (urgent.priority, urgent.opened) == ("T1", 3)
    assert urgent.first_view == case_figures.Waits(cases=2, median=1.0, nine_in_ten=3.0, late=2)
    assert urgent.referral == case_figures.Waits(cases=1, median=2.0, nine_in_ten=2.0, late=0)


def test_a_case_that_was_opened_again_is_timed_from_then(cases):
    made, lead = cases
    again = MONDAY + timedelta(days=2)
    TriageCase.objects.filter(pk=made[0].pk).update(opened_at=again, due_at=again + timedelta(hours=2))
    urgent = case_figures.list_case_times(QUARTER, TriageCase.objects.filter(pk=made[0].pk), again)[0]
    assert urgent.first_view.cases == urgent.referral.cases == 0


@pytest.mark.parametrize("role", ["safeguarding_lead", "auditor"])
def test_leads_and_auditors_see_the_figures(role, cases, client_as):
    page = client_as(role).get(f"{PAGE}?quarter=2026-q3").content.decode()
    assert "How soon we act, July to September 2026" in page and "Closed cases, looked at again" in page
    assert "fewer than 30 answers" in page


def test_a_case_that_was_seen_at_once_has_a_figure(cases, client_as):
    """No wait is a figure; "none" is said only where nothing was done."""
    for case in TriageCase.objects.all():
        case.notes.update(written_at=case.opened_at)
        case.referrals.all().delete()
    desk = client_as("safeguarding_lead").get(f"{PAGE}?quarter=2026-q3")
    seen, referred = (step["rows"] for step in desk.context["steps"])
    assert {waits.median for _, waits in seen if waits.cases} == {0.0}
    tables = desk.content.decode().split("<h3")
    assert "<td>0.0</td>" in tables[1] and "<td>0.0</td>" not in tables[2]
    assert all(waits.cases == 0 for _, waits in referred) and "<td>none</td>" in tables[2]


def test_the_head_of_service_sees_them_and_nobody_else(cases, client_as, settings):
    browser = client_as()
    settings.HEAD_OF_SERVICE_EMAIL = browser.user.email
    assert "Suspensions" in browser.get(PAGE).content.decode()
    for role in ("engagement_officer", "moderator", "planner", "partner_viewer", "administrator"):
        assert client_as(role).get(PAGE).status_code == 404


def test_no_count_tells_a_lead_of_a_case_that_is_hidden_from_them(cases, client_as):
    (case, *_), lead = cases
    desk = client_as("safeguarding_lead")
    factories.join_agency(desk.user, "Youth Trust")
    whole = desk.get(f"{PAGE}?quarter=2026-q3").context["steps"][0]["rows"][0][0].opened
    case.hide_from(desk.user.agency)
    case.save()
    assert desk.get(f"{PAGE}?quarter=2026-q3").context["steps"][0]["rows"][0][0].opened == whole - 1


def test_the_findings_of_the_sample_stand_on_the_page(cases, client_as):
    from consultation.responses.vault import seal_text

    (case, *_), lead = cases
    SampledCase.objects.create(
        case=case, week=date(2026, 8, 10), drawn_on=date(2026, 8, 17), result="fine", looked_by=lead,
        sealed_note=seal_text("Rightly so, in my view."),
    )  # fmt: skip
    for role, sees in (("safeguarding_lead", True), ("auditor", False)):
        page = " ".join(client_as(role).get(f"{PAGE}?quarter=2026-q3").content.decode().split())
        assert "1 drawn, 1 looked at by another lead, 1 rightly closed" in page
        assert ("Rightly so, in my view." in page) == sees


@pytest.fixture
def told(monkeypatch):
    share = read_figures.ReadShare(QUARTER, 97)
    for place in ("cms.site.pages.models", "cms.site.hear_by_right.views"):
        monkeypatch.setattr(f"{place}.get_cached_read_share", lambda: share)


@pytest.mark.parametrize("address", PUBLIC)
def test_everyone_sees_the_share_where_the_promise_is_made(address, told, home, client):
    from cms.site.pages.models import InformationPage
    from cms.site.pages.site_setup import SEEDS

    for seed in SEEDS:
        if not InformationPage.objects.filter(slug=seed.slug, locale=home.locale).exists():
            home.add_child(instance=InformationPage(title=seed.slug, slug=seed.slug, locale=home.locale))
    page = " ".join(client.get(address).content.decode().split())
    assert "97 in 100 answers" in page and "1 July 2026" in page


def test_without_thirty_answers_no_page_says_anything(home, client, client_as):
    assert "in 100 answers" not in client.get("/en/hear-by-right/").content.decode()
    board = " ".join(client_as("planner").get(reverse("insights:board")).content.decode().split())
    assert "too few to give a share" in board


def test_the_board_and_its_report_show_the_one_figure(came, reader, client_as):
    for _ in range(30):
        read(came(MONDAY), reader, MONDAY)
    planner = client_as("planner")
    report = " ".join(planner.get(f"{reverse('insights:board-report')}?quarter=2026-q3").content.decode().split())
    assert "100 in 100 answers of July to September 2026 were read in the time that we promise" in report

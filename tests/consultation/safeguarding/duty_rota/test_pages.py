from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.safeguarding.clocks import STANDARD_WEEK
from consultation.safeguarding.duty_rota import working_week
from consultation.safeguarding.duty_rota.models import DayOff, DutyDay

pytestmark = pytest.mark.any_database

ROTA, TIMES, HOURS = "/staff/safeguarding/rota/", "/staff/safeguarding/times/", "/staff/hours/"
MONDAY = date(2030, 3, 4)


def rota_of(desk, day=MONDAY):
    return desk.get(ROTA, {"from": day.isoformat()}).content.decode()


def test_leads_fill_the_rota_and_gaps_are_shown(desk, other_lead):
    assert "20 working days have a gap, the first Monday 4 March" in rota_of(desk)
    posted = {
        f"was-{MONDAY}": "/", f"lead-{MONDAY}": desk.user.pk, f"backup-{MONDAY}": other_lead.pk, "do": "save",
    }  # fmt: skip
    page = desk.post(f"{ROTA}?from={MONDAY}", posted, follow=True).content.decode()
    assert "Saved." in page and "19 working days have a gap, the first Tuesday 5 March" in page
    row = DutyDay.objects.get()
    assert (row.lead, row.backup) == (desk.user, other_lead)
    assert "Nothing was changed." in desk.post(f"{ROTA}?from={MONDAY}", {"do": "save"}, follow=True).content.decode()


def test_a_page_that_was_open_long_overwrites_only_what_was_changed_in_it(desk, other_lead):
    tuesday = MONDAY + timedelta(days=1)
    DutyDay.objects.create(day=tuesday, lead=other_lead)
    stale = {f"was-{MONDAY}": "/", f"lead-{MONDAY}": desk.user.pk, f"backup-{MONDAY}": "", f"was-{tuesday}": "/"}
    desk.post(f"{ROTA}?from={MONDAY}", stale | {f"lead-{tuesday}": "", f"backup-{tuesday}": ""})
    assert DutyDay.objects.get(day=tuesday).lead == other_lead
    assert DutyDay.objects.get(day=MONDAY).lead == desk.user


def test_nobody_is_their_own_backup_and_what_was_chosen_comes_back(desk):
    same = {f"was-{MONDAY}": "/", f"lead-{MONDAY}": desk.user.pk, f"backup-{MONDAY}": desk.user.pk}
    reply = desk.post(f"{ROTA}?from={MONDAY}", same)
    page = reply.content.decode()
    assert reply.status_code == 422 and "nobody is their own backup. Nothing was saved." in page
    assert page.count(f'<option value="{desk.user.pk}" selected>') == 2


@pytest.mark.slow
def test_days_off_are_named_and_not_to_be_filled(desk, lead):
    DayOff.objects.create(day=MONDAY, name="Training day")
    page = rota_of(desk)
    assert "Training day: nobody works." in page and f"lead-{MONDAY}" not in page
    assert "Bank holiday: nobody works." in rota_of(desk, date(2030, 12, 23))


def test_gaps_are_filled_from_the_week_before_by_a_button(desk, other_lead):
    DutyDay.objects.create(day=MONDAY, lead=desk.user, backup=other_lead)
    page = desk.post(f"{ROTA}?from={MONDAY}", {"do": "repeat"}, follow=True).content.decode()
    assert "3 days were filled." in page
    assert DutyDay.objects.count() == 4


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("day", ["", "nonsense", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_a_strange_date_shows_this_week(desk, day):
    assert desk.get(ROTA, {"from": day}).status_code == 200


def test_past_days_are_shown_and_not_changed(desk, other_lead):
    past = timezone.localdate() - timedelta(days=14)
    desk.post(f"{ROTA}?from={past}", {f"was-{past}": "/", f"lead-{past}": desk.user.pk, f"backup-{past}": ""})
    assert not DutyDay.objects.exists()


def test_the_board_says_who_is_on(desk, other_lead):
    today = timezone.localdate()
    for day in range(7):
        DutyDay.objects.create(day=today + timedelta(days=day), lead=desk.user, backup=other_lead)
    page = desk.get("/staff/safeguarding/").content.decode()
    assert "you, backup" in page and str(other_lead) in page


def test_times_and_numbers(desk, settings):
    settings.HEAD_OF_SERVICE_EMAIL = ""
    page = desk.get(TIMES).content.decode()
    assert "Nobody is named as head of service." in page and "08:30 to 17:00" in page
    settings.HEAD_OF_SERVICE_EMAIL = "head@service.test"
    assert "head@service.test" in desk.get(TIMES).content.decode()


def as_posted(**changed):
    times = {
        f"{name}_{day}": f"{pair[place]:%H:%M}" if pair else ""
        for day, pair in enumerate(STANDARD_WEEK.hours)
        for place, name in enumerate(("opens", "closes"))
    }
    return times | {"do": "hours"} | changed


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead"])
def test_officers_and_leads_set_the_hours(client_as, role):
    client = client_as(role)
    page = client.get(HOURS).content.decode()
    assert "These are the standard hours." in page
    assert ("staff/safeguarding" in page) is (role == "safeguarding_lead")
    assert (
        "Saved."
        in client.post(
            HOURS, as_posted(closes_4="15:00", opens_5="10:00", closes_5="12:00"), follow=True
        ).content.decode()
    )
    assert (
        working_week.get_working_week().hours[4][1].hour == 15 and working_week.get_working_week().hours[5] is not None
    )
    assert 'value="15:00"' in client.get(HOURS).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"closes_0": ""}, "Monday needs both times"),
        ({"opens_1": "18:00"}, "Tuesday must open before it closes."),
        ({"opens_2": "half past"}, "Write a time as 08:30."),
        ({f"{name}_{day}": "" for name in ("opens", "closes") for day in range(7)}, "Someone must work"),
        ({"do": "nonsense"}, "Choose what to do."),
    ],
)
def test_hours_that_cannot_be_say_why(client_as, changed, said):
    client = client_as("engagement_officer")
    reply = client.post(HOURS, as_posted(**changed))
    assert reply.status_code == 422 and said in reply.content.decode()
    assert working_week.get_working_week() == STANDARD_WEEK


def test_days_off_are_added_and_taken_out(client_as):
    client = client_as("engagement_officer")
    day = timezone.localdate() + timedelta(days=200)
    day += timedelta(days=(2 - day.weekday()) % 7)
    added = {"do": "off", "off-day": day.isoformat(), "off-name": "Training day"}
    assert "Training day" in client.post(HOURS, added, follow=True).content.decode()
    assert client.post(HOURS, added | {"off-day": "2020-01-06"}).status_code == 422
    assert client.post(HOURS, added | {"off-name": ""}).status_code == 422
    client.post(HOURS, {"do": f"remove:{day}"})
    assert not DayOff.objects.exists()
    assert client.post(HOURS, {"do": f"remove:{day}"}).status_code == 422


def test_wagtails_menu_leads_officers_to_the_hours_and_to_stopping(client_as):
    page = client_as("engagement_officer").get("/staff/").content.decode()
    assert reverse("hours") in page and reverse("close-survey") in page
    assert reverse("hours") not in client_as("administrator").get("/staff/").content.decode()

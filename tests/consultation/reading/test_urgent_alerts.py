"""A T1 that nobody has decided on is told to who is there, within a sweep, and no record tells when it came."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_clock, screening_sweep, urgent_alerts
from consultation.reading.models import PracticeAnswer, PracticeSet, Screening, UrgentNotices
from consultation.reading.staffing.models import NamedReader
from consultation.safeguarding import alerts
from consultation.safeguarding.clocks import LONDON, read_slot
from consultation.safeguarding.duty_rota.models import DutyDay

TEN = datetime(2026, 11, 24, 10, 7, 31, tzinfo=LONDON)  # a Tuesday
SATURDAY_NIGHT = datetime(2026, 11, 28, 23, 40, tzinfo=LONDON)
HEAD = "head@service.test"


@pytest.fixture(autouse=True)
def head(settings):
    settings.HEAD_OF_SERVICE_EMAIL = HEAD


@pytest.fixture
def backup(person):
    return person("safeguarding_lead")


@pytest.fixture
def rota(lead, backup):
    for day in (TEN.date(), SATURDAY_NIGHT.date() + timedelta(days=2)):
        DutyDay.objects.create(day=day, lead=lead, backup=backup)


@pytest.fixture
def t1(sent):
    """t1(now): one more unread answer with a T1 flag, screened at that time."""

    def make(now=TEN, priority="T1"):
        answer = sent("Please")
        screening_sweep.screen_unread(now)
        Screening.objects.filter(pk=answer.pk).update(order=[True, priority, ""], clock="")
        reading_clock.start_missing_clocks(now)
        answer.refresh_from_db()
        return answer

    return make


@pytest.fixture
def told(mailoutbox):
    """told(now): who gets a message by the sweeps of that moment."""

    def sweep(now):
        mailoutbox.clear()
        urgent_alerts.alert_undecided_t1(now)
        alerts.alert_waiting_items(now)
        return sorted(address for message in mailoutbox for address in message.to)

    return sweep


def minutes(number):
    return TEN + timedelta(minutes=number)


def test_readers_and_the_lead_on_duty_are_told_at_once_and_once(rota, reader, colleague, lead, t1, told):
    t1()
    assert told(TEN) == sorted([reader.email, colleague.email, lead.email])
    assert told(minutes(1)) == told(minutes(40)) == []


def test_the_named_reader_is_told_in_place_of_all(rota, reader, colleague, lead, t1, told):
    NamedReader.objects.create(reader=colleague, first_day=TEN.date(), last_day=TEN.date())
    t1()
    assert told(TEN) == sorted([colleague.email, lead.email])


def test_on_a_saturday_night_who_is_next_is_told(rota, reader, lead, t1, told):
    t1(SATURDAY_NIGHT)
    assert told(SATURDAY_NIGHT) == sorted([reader.email, lead.email])
    assert told(SATURDAY_NIGHT + timedelta(hours=20)) == [], "the time to read it begins on Monday"


@pytest.mark.parametrize("priority", ["T2", "T3"])
def test_nobody_is_called_for_less(rota, reader, t1, told, priority):
    t1(priority=priority)
    assert told(TEN) == []


def test_another_t1_is_told_at_most_every_quarter_of_an_hour(rota, reader, lead, t1, told):
    t1()
    everyone = sorted([reader.email, lead.email])
    assert told(TEN) == everyone
    t1(minutes(2))
    assert told(minutes(2)) == told(minutes(14)) == []
    assert told(minutes(31)) == everyone


def test_once_all_are_read_the_next_is_told_at_once(rota, reader, lead, t1, told):
    answer = t1()
    assert told(TEN) != []
    actions.decide_answer(answer=answer, by=reader, decision="triage", spans=[], note="Now.", now=minutes(3))
    told(minutes(3))
    assert UrgentNotices.objects.get().told == {"levels": {}, "slots": {}}, "the slot is erased at the first read"
    t1(minutes(4))
    assert reader.email in told(minutes(4))


def test_it_climbs_while_nobody_reads(rota, reader, lead, backup, t1, told):
    """Due at 13:00, the end of its slot; the clock starts two hours before."""
    answer = t1()
    assert answer.screening.due == TEN.replace(hour=13, minute=0, second=0)
    told(TEN)
    at = answer.screening.due.replace(minute=0)
    assert told(at - timedelta(hours=1)) == [backup.email], "at half its time"
    assert told(at) == [backup.email], "at all of it"
    assert told(at + timedelta(hours=1)) == [HEAD], "at one and a half"
    assert told(at + timedelta(hours=2)) == []


def test_it_climbs_though_a_reader_holds_it_for_a_colleague(rota, reader, lead, backup, t1, told):
    """To hold a T1 ended its alerts, though nobody had decided on it, and its clock ran on."""
    answer = t1()
    told(TEN)
    actions.decide_answer(answer=answer, by=reader, decision="hold", spans=[], note="Is it meant?", now=minutes(3))
    answer.refresh_from_db()
    at = answer.screening.due
    assert told(minutes(3)) == []
    assert [told(at + timedelta(hours=number)) for number in (-1, 0, 1)] == [[backup.email], [backup.email], [HEAD]]


def test_a_mail_server_that_is_down_delays_the_alert_and_loses_none(rota, reader, lead, t1, told, monkeypatch):
    from consultation.notifications import gateways

    t1()
    with monkeypatch.context() as broken:
        broken.setitem(gateways.GATEWAYS, "email", lambda *args: (_ for _ in ()).throw(OSError("down")))
        assert told(TEN) == []
    assert told(minutes(1)) == sorted([reader.email, lead.email])


def test_a_seeded_answer_calls_nobody(rota, reader, asked, t1, told):
    answer = t1()
    seeds = PracticeSet.objects.create(name="s", consultation=asked[0], planted_on=TEN.date())
    PracticeAnswer.objects.create(practice_set=seeds, answer=answer, words="Please", wanted="triage")
    assert told(TEN) == []


def test_no_record_tells_the_minute(rota, reader, lead, t1, told):
    t1()
    before = AuditEntry.objects.count()
    assert told(TEN) and told(TEN + timedelta(hours=2))
    assert AuditEntry.objects.count() == before, "the log would keep the time with the answer"
    slots = UrgentNotices.objects.get().told["slots"].values()
    assert {read_slot(slot) for slot in slots} == {TEN.replace(minute=0, second=0)}
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Screening._meta.db_table)
    assert not [column.name for column in columns if column.name.endswith(("_at", "_on"))]

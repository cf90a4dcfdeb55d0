"""Each recipient gets one alert at each level, and the message reveals nothing."""

import smtplib
from datetime import datetime, timedelta

import pytest

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.notifications import gateways
from consultation.notifications.notify import write_message
from consultation.responses.vault import generate_key_pair
from consultation.safeguarding import actions, alerts, clocks
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.contact_requests import actions as handling
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import ContactRequest, TriageCase, WithdrawnText
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)  # a Tuesday; T1 is due at 12:00
HEAD = "head@service.test"


@pytest.fixture(autouse=True)
def head(settings, monkeypatch):
    settings.HEAD_OF_SERVICE_EMAIL = HEAD
    monkeypatch.setattr(clocks, "T1_TIME", timedelta(hours=2))


@pytest.fixture
def case(answer, reader):
    return actions.open_case(answer=answer, by=reader, priority="T1", why="A worry.", now=TEN)


@pytest.fixture
def rota(lead, other_lead):
    return DutyDay.objects.create(day=TEN.date(), lead=lead, backup=other_lead)


@pytest.fixture
def told(mailoutbox):
    """told(minutes): who gets a message at that time after the case was opened."""

    def sweep(minutes):
        mailoutbox.clear()
        alerts.alert_waiting_items(TEN + timedelta(minutes=minutes))
        return sorted(address for mail in mailoutbox for address in mail.to)

    return sweep


@pytest.mark.parametrize(
    ("share", "level"), [(0, 0), (0.49, 0), (0.5, 50), (0.99, 50), (1, 100), (1.5, 150), (9, 150)]
)
def test_levels(share, level):
    assert alerts.alert_level_for(share) == level


def test_each_level_is_told_once_to_whom_it_belongs(case, rota, lead, other_lead, told):
    assert told(0) == [lead.email], "the lead of the day hears that something came"
    assert told(59) == []
    assert told(60) == [other_lead.email], "the backup at half its time"
    assert told(61) == told(119) == []
    assert told(120) == [other_lead.email], "and at all of it"
    assert told(121) == told(179) == []
    assert told(180) == [HEAD], "the head of service at one and a half"
    assert told(181) == told(600) == []
    entries = AuditEntry.objects.filter(verb="triage alerted").order_by("seq")
    assert [entry.data["percent"] for entry in entries] == [0, 50, 100, 150]


def test_a_sweep_that_comes_late_tells_the_highest_level_and_nothing_twice(case, rota, other_lead, told):
    assert told(200) == sorted([HEAD, other_lead.email])
    assert told(201) == []


def test_where_nobody_is_on_every_lead_is_told(case, lead, other_lead, told):
    assert told(0) == sorted([lead.email, other_lead.email])
    assert told(60) == sorted([lead.email, other_lead.email])


def test_a_backup_who_has_the_case_is_not_told_of_it(case, rota, lead, other_lead, told):
    told(0)
    actions.claim_case(case=case, by=other_lead)
    assert told(60) == [lead.email]


def test_whoever_has_the_case_is_told_when_there_is_nobody_else(case, lead, told):
    told(0)
    actions.claim_case(case=case, by=lead)
    assert told(120) == [lead.email]


def test_someone_whose_role_ended_is_told_nothing(case, rota, lead, other_lead, told):
    other_lead.groups.clear()
    told(0)
    assert told(60) == [lead.email]


def test_the_message_says_item_waiting_and_nothing_else(case, lead, told, mailoutbox):
    told(120)
    assert {(mail.subject, mail.body) for mail in mailoutbox} == {("item waiting", write_message())}
    assert not any(mail.attachments or mail.alternatives for mail in mailoutbox)


def test_nobody_else_is_told(case, lead, person, told):
    person("planner"), person("moderator"), person("administrator")
    assert told(180) == sorted([HEAD, lead.email])


def test_a_case_that_was_acted_on_is_quiet(case, lead, other_lead, told):
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    assert told(180) == []


def test_a_reopened_case_starts_anew(case, rota, lead, other_lead, told):
    told(180)
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "CEOP")
    actions.reopen_case(case=case, by=lead, why="Again.", now=TEN + timedelta(hours=4))
    assert TriageCase.objects.get().alerted == 0
    assert told(4 * 60) == [lead.email]
    assert told(5 * 60) == [other_lead.email]


def test_a_mail_server_that_is_down_delays_an_alert_and_loses_none(case, rota, other_lead, told, monkeypatch):
    told(0)
    with monkeypatch.context() as broken:
        broken.setattr(gateways, "send_mail", _refused)
        assert told(60) == []
    assert TriageCase.objects.get().alerted == alerts.ARRIVED
    assert told(65) == [other_lead.email]
    assert told(66) == []


def _refused(*args, **kwargs):
    raise smtplib.SMTPServerDisconnected


def test_a_concern_about_staff_is_told_to_nobody_of_that_agency(answer, reader, lead, other_lead, told):
    for person, agency in ((lead, "Council"), (other_lead, "Youth Trust")):
        factories.join_agency(person, agency)
    DutyDay.objects.create(day=TEN.date(), lead=other_lead, backup=other_lead.__class__.objects.get(pk=lead.pk))
    actions.open_case(answer=answer, by=reader, priority="T1", agency=factories.agency("youth trust"), now=TEN)
    assert told(0) == told(60) == told(120) == [lead.email]


def test_where_no_lead_may_know_the_head_of_service_is_told_at_once(answer, reader, lead, told):
    actions.open_case(answer=answer, by=reader, priority="T1", agency=factories.agency("Youth Trust"), now=TEN)
    assert told(0) == [HEAD]


def test_a_contact_request_is_not_told_when_it_comes_but_when_it_waits(rota, other_lead, told):
    """A message has a time; when a child asked is kept nowhere. So the clock is the one of its working day."""
    actions.request_contact(name="Bee", how="x", when="y", language="en", now=TEN)
    assert told(0) == [], "due at 17:00, half of the day is over at 12:45"
    assert told(165) == [other_lead.email]
    assert told(166) == []
    assert told(7 * 60) == [other_lead.email]
    assert ContactRequest.objects.get().alerted == 100


def test_a_contact_request_that_was_tried_is_quiet_until_the_next_try_waits(rota, lead, other_lead, told):
    """A try that reached nobody moves the clock to the next working day; it does not end it."""
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en", now=TEN)
    handling.claim_contact(contact=contact, by=lead)
    assert told(165) == [other_lead.email]
    handling.record_contact_attempt(contact=contact, by=lead, note="No answer.", now=TEN)
    assert told(7 * 60) == []
    assert told(24 * 60 + 164) == []
    assert told(24 * 60 + 165) == [other_lead.email]
    assert told(24 * 60 + 7 * 60) == [other_lead.email]


def test_withdrawn_words_that_nobody_reads_are_told_too(answer, rota, other_lead, told):
    actions.keep_withdrawn_text(answer=answer, question_text="What is good?", now=TEN - timedelta(days=1))
    assert WithdrawnText.objects.get().due == TEN
    WithdrawnText.objects.update(alerted=50)
    assert told(-1) == []
    assert told(0) == [other_lead.email]
    assert told(254) == [], "half a working day more is over at 14:15"
    assert told(255) == [HEAD]


@pytest.mark.parametrize("due", ["2026-11-24 08:30", "2026-11-24 10:00", "2026-11-30 16:45", "2026-12-29 09:00"])
def test_withdrawn_words_had_one_working_day_whenever_they_are_due(answer, due):
    kept = actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    kept.due = datetime.fromisoformat(due).replace(tzinfo=LONDON)
    waiting = alerts.build_withdrawn_timing(kept)
    worked = clocks.working_time_between(waiting.start, kept.due, clocks.STANDARD_WEEK)
    assert timedelta(hours=7) < worked <= timedelta(hours=8, minutes=30)


def test_a_head_of_service_who_was_not_reached_is_tried_again_alone(case, rota, other_lead, told, monkeypatch):
    told(120)
    real = gateways.send_mail
    with monkeypatch.context() as broken:
        broken.setattr(gateways, "send_mail", lambda *args: _refused() if args[3] == [HEAD] else real(*args))
        assert told(180) == []
    assert told(181) == [HEAD]
    assert told(182) == []


def test_a_late_sweep_that_reaches_the_backup_alone_writes_to_the_head_alone_next(
    case, rota, other_lead, told, monkeypatch
):
    real = gateways.send_mail
    with monkeypatch.context() as broken:
        broken.setattr(gateways, "send_mail", lambda *args: _refused() if args[3] == [HEAD] else real(*args))
        assert told(200) == [other_lead.email]
        assert told(201) == []
    assert told(202) == [HEAD]
    assert told(203) == []


@pytest.fixture
def agencies(lead, other_lead, person):
    """The Council's lead, the Youth Trust's and the Police's."""
    leads = [lead, other_lead, person("safeguarding_lead")]
    for each, agency in zip(leads, ("Council", "Youth Trust", "Police"), strict=True):
        factories.join_agency(each, agency)
    return leads


@pytest.fixture
def hide(mailoutbox, django_capture_on_commit_callbacks):
    """hide(case, by): who is told of it in the request."""

    def run(case, by, minutes=0, agency="Youth Trust"):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            actions.hide_from_agency(
                case=case,
                by=by,
                agency=factories.agency(agency),
                why="A worker there.",
                now=TEN + timedelta(minutes=minutes),
            )
        return sorted(address for mail in mailoutbox for address in mail.to)

    return run


@pytest.mark.parametrize("state", ["new", "claimed", "second-view", "contacted", "referred"])
def test_hiding_tells_every_lead_who_may_still_see_it_at_once(case, rota, agencies, told, hide, state):
    council, trust, police = agencies
    told(0)
    if state != "new":
        actions.claim_case(case=case, by=trust)
        if state != "claimed":
            decide(case, trust, state)
    assert hide(case, trust) == sorted([council.email, police.email]), "the lead of the day had heard already"
    assert told(1) == [], "each once"


def test_whoever_hides_what_they_have_is_not_told_of_it(case, agencies, hide):
    council, _, police = agencies
    actions.claim_case(case=case, by=council)
    assert hide(case, council) == [police.email]


def test_the_levels_of_a_hidden_case_start_anew_for_who_may_see_it(case, rota, agencies, told, hide):
    """The backup of the Youth Trust was told at 50%: nobody who may see it now had heard."""
    council, trust, police = agencies
    assert told(60) == [trust.email]
    assert hide(case, council, 61) == sorted([council.email, police.email])
    assert told(62) == [council.email]


def test_a_concern_that_comes_hidden_is_told_to_every_lead_who_may_see_it(answer, reader, rota, agencies, told):
    actions.open_case(answer=answer, by=reader, priority="T1", agency=factories.agency("Youth Trust"), now=TEN)
    assert told(0) == sorted([agencies[0].email, agencies[2].email])


@pytest.mark.parametrize("has_head", [True, False])
def test_where_nobody_else_would_see_it_the_head_of_service_is_told(case, lead, mailoutbox, settings, has_head):
    factories.join_agency(lead, "Youth Trust")
    settings.HEAD_OF_SERVICE_EMAIL = HEAD if has_head else ""
    with pytest.raises(NotAllowed, match="Telephone the LADO now") as refused:
        actions.hide_from_agency(case=case, by=lead, agency=factories.agency("Youth Trust"), why="x", now=TEN)
    assert [mail.to for mail in mailoutbox] == ([[HEAD]] if has_head else [])
    assert ("head of service was told" in str(refused.value)) is has_head


def test_a_mail_server_that_is_down_does_not_stop_hiding_and_the_sweep_tells(case, agencies, told, hide, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(gateways, "send_mail", fail)
        assert hide(case, agencies[0]) == []
    case.refresh_from_db()
    assert case.agency_id == "youthtrust"
    assert told(1) == sorted([agencies[0].email, agencies[2].email])


def fail(*args):
    raise smtplib.SMTPException


@pytest.mark.parametrize("kind", ["case", "contact"])
def test_what_is_given_back_is_told_anew(kind, answer, rota, lead, other_lead, told):
    """It was told at each level before, so nobody else would hear that nobody has it."""
    if kind == "case":
        made = actions.open_case(answer=answer, by=lead, priority="T1", now=TEN)
        actions.claim_case(case=made, by=lead, now=TEN)
    else:
        made = actions.request_contact(name="Bee", how="x", when="y", language="en", now=TEN)
        handling.claim_contact(contact=made, by=lead)
    assert told(24 * 60 * 3) and told(24 * 60 * 3) == []
    if kind == "case":
        actions.move_case(case=made, by=lead, to="new", reason="I am ill.")
    else:
        handling.give_back_contact(contact=made, by=lead, why="I am ill.")
    assert told(24 * 60 * 3)


def test_what_is_given_back_while_an_alert_about_it_is_sent_is_told_anew(
    case, rota, lead, other_lead, told, monkeypatch
):
    """The alert on its way was noted on what had just come back, so who is on duty heard nothing until the next level."""
    actions.claim_case(case=case, by=other_lead, now=TEN)
    TriageCase.objects.update(alerted=alerts.ARRIVED)
    send = alerts.notify

    def send_slowly(*given, **more):
        case.refresh_from_db()
        if case.claimed_by:
            actions.move_case(case=case, by=other_lead, to="new", now=TEN + timedelta(minutes=60))
        return send(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(alerts, "notify", send_slowly)
        assert told(60) == [lead.email]
    assert told(61) == [other_lead.email]


def test_a_mailbox_given_back_while_an_alert_about_it_is_sent_is_told_anew(rota, lead, other_lead, told, monkeypatch):
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en", now=TEN)
    mailbox = Mailbox.objects.get()
    mailboxes.claim_mailbox(mailbox=mailbox, by=other_lead)
    Mailbox.objects.update(alerted=50)
    send, late = alerts.notify, 12 * 60

    def send_slowly(*given, **more):
        mailbox.refresh_from_db()
        if mailbox.claimed_by:
            mailboxes.give_back_mailbox(mailbox=mailbox, by=lead)
        return send(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(alerts, "notify", send_slowly)
        first = told(late)
    assert first and told(late + 1) == first and told(late + 2) == []


def test_a_level_that_is_sealed_to_a_lost_key_hides_no_other_item_and_is_told_anew(case, rota, told, settings):
    """The sweep of all alerts fell over it, each minute."""
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en", now=TEN)
    kept, settings.ANSWER_SEAL_KEY = settings.ANSWER_SEAL_KEY, generate_key_pair()[0]
    Mailbox.objects.update(alerted=50)
    settings.ANSWER_SEAL_KEY = kept
    assert told(12 * 60) and TriageCase.objects.get().alerted == 150
    assert Mailbox.objects.get().alerted == 100
    assert told(12 * 60 + 1) == []

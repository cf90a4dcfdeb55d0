"""Emergency access needs a reason, lasts an hour, notifies all others at once, and is reviewed by another lead."""

import smtplib
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.emergency_access import actions
from consultation.emergency_access.actions import ACCESS_TIME
from consultation.emergency_access.models import EmergencyAccess
from consultation.notifications import gateways
from consultation.notifications.notify import write_message
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, generate_key_pair, seal_text
from consultation.safeguarding import alerts
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.surveys.models import ConsultationPage

REASON = "A school rang: one of theirs wrote to us that she will not be here tomorrow."
NIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=LONDON)  # a Saturday
HEAD = "head@service.test"


@pytest.fixture(autouse=True)
def head(settings):
    settings.HEAD_OF_SERVICE_EMAIL = HEAD


@pytest.fixture
def page(answer):
    return ConsultationPage.objects.get(pk=answer.response.version.page_id)


@pytest.fixture
def access(page, lead):
    return actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT)


def told(mailoutbox):
    return sorted(address for mail in mailoutbox for address in mail.to)


def verbs(access):
    entries = AuditEntry.objects.filter(object_type="emergencyaccess", object_id=str(access.pk)).order_by("seq")
    return [entry.verb for entry in entries]


def test_it_ends_by_itself_after_an_hour_and_is_due_for_review_within_a_working_day(access):
    assert access.ends_at == NIGHT + ACCESS_TIME
    assert access.due_at == datetime(2026, 11, 24, 8, 30, tzinfo=LONDON)
    assert list(EmergencyAccess.objects.open(NIGHT + ACCESS_TIME - timedelta(seconds=1))) == [access]
    assert not EmergencyAccess.objects.open(NIGHT + ACCESS_TIME).exists()


def test_its_reason_is_sealed(access):
    assert access.reason == REASON
    assert b"tomorrow" not in bytes(access.sealed_reason)
    assert "tomorrow" not in str(list(AuditEntry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("reason", ["", "emergency", "   a bit short     "])
def test_it_needs_a_reason_that_says_something(page, lead, reason):
    with pytest.raises(NotAllowed, match="Say what has happened"):
        actions.open_emergency_access(consultation=page, by=lead, reason=reason, now=NIGHT)
    assert not EmergencyAccess.objects.exists()


def test_nobody_has_two_for_the_same_consultation_at_once(access, page, lead, other_lead):
    with pytest.raises(NotAllowed, match="open already"):
        actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT + timedelta(minutes=5))
    assert actions.open_emergency_access(consultation=page, by=other_lead, reason=REASON, now=NIGHT)
    assert actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT + ACCESS_TIME)


def test_all_others_are_told_as_soon_as_it_is_on_record_also_at_night(
    page, lead, other_lead, person, mailoutbox, django_capture_on_commit_callbacks
):
    third = person("safeguarding_lead")
    DutyDay.objects.create(day=datetime(2026, 11, 23).date(), lead=other_lead, backup=lead)
    with django_capture_on_commit_callbacks(execute=True):
        actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT)
        assert mailoutbox == []
    assert told(mailoutbox) == sorted([HEAD, other_lead.email, third.email])
    assert {(mail.subject, mail.body) for mail in mailoutbox} == {("item waiting", write_message())}
    mailoutbox.clear()
    alerts.alert_waiting_items(NIGHT + timedelta(minutes=1))
    assert told(mailoutbox) == [], "and told once"


def test_a_mail_server_that_is_down_delays_the_alert_and_not_the_help(
    page, lead, other_lead, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    tried = []

    def down(*args, **kwargs):
        tried.append(args)
        raise OSError

    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr(gateways, "send_mail", down)
        assert actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT)
    assert len(tried) == 1, "the page does not wait for each colleague in turn"
    alerts.alert_waiting_items(NIGHT + timedelta(minutes=1))
    assert told(mailoutbox) == sorted([HEAD, other_lead.email])


@pytest.fixture
def refused(monkeypatch):
    """refused(address): the mail server takes mail for anyone but them."""
    real = gateways.send_mail

    def refuse(address):
        def send(*args):
            if args[3] == [address]:
                raise smtplib.SMTPRecipientsRefused({address: (552, b"full")})
            return real(*args)

        monkeypatch.setattr(gateways, "send_mail", send)

    return refuse


def test_one_address_that_is_refused_keeps_nobody_else_from_hearing_at_once(
    page, lead, other_lead, person, mailoutbox, monkeypatch, refused, settings, django_capture_on_commit_callbacks
):
    settings.HEAD_OF_SERVICE_EMAIL = ""
    third, in_turn = person("safeguarding_lead"), alerts._notify_addresses
    monkeypatch.setattr(
        alerts,
        "_notify_addresses",
        lambda addresses, *more: in_turn(sorted(addresses, key=_turn(other_lead)), *more),
    )
    fourth = person("safeguarding_lead")
    refused(third.email)
    with django_capture_on_commit_callbacks(execute=True):
        actions.open_emergency_access(consultation=page, by=lead, reason=REASON, now=NIGHT)
    assert told(mailoutbox) == sorted([other_lead.email, fourth.email])


def _turn(first):
    return lambda address: (address != first.email, address)


def test_a_head_of_service_whose_mailbox_is_full_is_tried_again_alone(
    access, lead, other_lead, mailoutbox, monkeypatch, refused
):
    refused(HEAD)
    for minute in range(5):
        alerts.alert_waiting_items(NIGHT + timedelta(minutes=minute))
    assert told(mailoutbox) == [other_lead.email], "no message a minute for those who were reached"
    mailoutbox.clear()
    monkeypatch.undo()
    alerts.alert_waiting_items(NIGHT + timedelta(minutes=6))
    assert told(mailoutbox) == [HEAD]
    mailoutbox.clear()
    alerts.alert_waiting_items(NIGHT + timedelta(minutes=7))
    assert told(mailoutbox) == []


def test_a_review_that_nobody_gives_goes_up_like_any_clock(access, lead, other_lead, mailoutbox):
    DutyDay.objects.create(day=datetime(2026, 11, 23).date(), lead=other_lead, backup=lead)
    alerts.alert_waiting_items(NIGHT)
    mailoutbox.clear()
    alerts.alert_waiting_items(datetime(2026, 11, 23, 13, 0, tzinfo=LONDON))
    assert told(mailoutbox) == [other_lead.email], "never whoever opened it, though the rota has them as backup"
    mailoutbox.clear()
    alerts.alert_waiting_items(datetime(2026, 11, 24, 8, 30, tzinfo=LONDON))
    assert lead.email not in told(mailoutbox)
    alerts.alert_waiting_items(datetime(2026, 11, 24, 13, 0, tzinfo=LONDON))
    assert HEAD in told(mailoutbox)


def test_a_reviewed_one_tells_nobody_any_more(access, lead, other_lead, mailoutbox):
    actions.review_emergency_access(
        access=access, by=other_lead, verdict="right", note="She was found.", now=NIGHT + ACCESS_TIME
    )
    alerts.alert_waiting_items(NIGHT + timedelta(days=9))
    assert told(mailoutbox) == []


def test_it_is_given_back_by_whoever_has_it(access, lead, other_lead):
    with pytest.raises(NotAllowed, match="A colleague has"):
        actions.end_emergency_access(access=access, by=other_lead, now=NIGHT)
    actions.end_emergency_access(access=access, by=lead, now=NIGHT + timedelta(minutes=9))
    assert access.ends_at == NIGHT + timedelta(minutes=9)
    with pytest.raises(NotAllowed, match="The hour is over"):
        actions.end_emergency_access(access=access, by=lead, now=NIGHT + timedelta(minutes=10))


def test_a_second_person_reviews_it_once_when_it_is_over(access, lead, other_lead, person):
    after = NIGHT + ACCESS_TIME
    given = {"access": access, "verdict": "not-right", "note": "There was a reader on duty."}
    with pytest.raises(NotAllowed, match="A colleague reviews it"):
        actions.review_emergency_access(by=lead, now=after, **given)
    with pytest.raises(NotAllowed, match="still open"):
        actions.review_emergency_access(by=other_lead, now=NIGHT, **given)
    with pytest.raises(NotAllowed, match="Say what you found"):
        actions.review_emergency_access(by=other_lead, now=after, **given | {"note": " "})
    actions.review_emergency_access(by=other_lead, now=after, **given)
    assert (access.reviewed_by, access.verdict) == (other_lead, "not-right")
    assert access.review_text == "There was a reader on duty."
    with pytest.raises(NotAllowed, match="already"):
        actions.review_emergency_access(by=person("safeguarding_lead"), now=after, **given)
    assert verbs(access) == ["break-glass access", "break-glass access reviewed"]


def test_the_database_lets_nobody_review_themselves(access, lead):
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=access.pk).update(
            reviewed_by=lead, reviewed_at=NIGHT, verdict="right", sealed_review=b"x"
        )


def test_its_record_goes_six_years_after_the_review(access, other_lead):
    from consultation.emergency_access.erasures import EmergencyAccessErasure

    assert list(EmergencyAccessErasure().groups()) == [], "what nobody has reviewed stays"
    actions.review_emergency_access(
        access=access, by=other_lead, verdict="right", note="She was found.", now=NIGHT + ACCESS_TIME
    )
    [group] = EmergencyAccessErasure().groups()
    assert (group.on.isoformat(), group.count) == ("2032-12-01", 1)
    assert EmergencyAccessErasure().erase(group) == 1
    assert not EmergencyAccess.objects.exists()


def test_an_answer_that_is_sealed_to_a_lost_key_hides_no_other(access, new_answer, lead, settings):
    """In an emergency the search of a whole consultation ended with the page that says that no key is here."""
    wanted = new_answer("I will not be here tomorrow.")
    lost = new_answer("I will not be here tomorrow.")
    Answer.objects.filter(pk=lost.pk).update(sealed=seal_text("Tomorrow.", seal_key=generate_key_pair()[0]))
    assert actions.search_answers(access=access, by=lead, words="tomorrow", now=NIGHT) == ([wanted], 2)
    settings.ANSWER_OPEN_KEYS = []
    with pytest.raises(VaultLocked):
        actions.search_answers(access=access, by=lead, words="tomorrow", now=NIGHT)

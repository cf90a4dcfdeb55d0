"""Late reading warns the lead once a day; one button closes the survey's free text."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.audit.models import AuditEntry, WaitingEvent
from consultation.notifications import gateways
from consultation.notifications.notify import write_message
from consultation.reading.models import Screening
from consultation.reading.staffing import actions
from consultation.reading.staffing.late_reading import list_late_consultations
from consultation.reading.staffing.models import LateWarning
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.clocks import LONDON, write_slot
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.surveys.models import ConsultationPage
from tests import factories

THURSDAY, FRIDAY, MONDAY, TUESDAY = (date(2030, 3, day) for day in (7, 8, 11, 12))
BOARD, READERS, STOP = "/staff/safeguarding/", "/staff/readers/", "/staff/closing/"


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def answer(page):
    """Came on a Thursday."""
    sent = factories.response(page.versions.get(), texts={"q-a": "The lights are out."}, day=THURSDAY)
    return Answer.objects.get(response=sent)


def be_due(answer, slot):
    """It was flagged, and is due in this slot."""
    fields = {"order": [True, "T2", ""], "clock": write_slot(slot), "engine": "t"}
    Screening.objects.update_or_create(answer=answer, defaults=fields)


@pytest.fixture
def overdue(page):
    """Came three weeks before the day on which the tests run."""
    day = timezone.localdate() - timedelta(days=21)
    ConsultationPage.objects.filter(pk=page.pk).update(opens=day, closes=timezone.localdate() + timedelta(days=9))
    factories.response(page.versions.get(), texts={"q-a": "The lights are out."}, day=day)
    page.refresh_from_db()
    return page


@pytest.mark.parametrize(
    ("now", "is_late"),
    [
        (at(THURSDAY, 18), False),
        (at(FRIDAY, 16), False),
        (at(FRIDAY, 16, 30), True),  # the first working day after it has closed
        (at(MONDAY, 8), True),
    ],
)
def test_an_unflagged_answer_is_late_when_the_next_working_day_has_closed(answer, now, is_late):
    assert bool(list_late_consultations(now)) == is_late


def test_what_came_on_a_saturday_is_late_after_monday(answer):
    answer.response.day = date(2030, 3, 9)
    answer.response.save()
    assert list_late_consultations(at(MONDAY, 16, 59)) == []
    (found,) = list_late_consultations(at(MONDAY, 17))
    assert (found.answers, found.since) == (1, date(2030, 3, 9))


def test_a_flagged_answer_has_its_own_clock(answer):
    be_due(answer, at(THURSDAY, 12))
    assert list_late_consultations(at(THURSDAY, 12)) == []
    assert [each.answers for each in list_late_consultations(at(THURSDAY, 12, 1))] == [1]
    be_due(answer, at(TUESDAY, 9))
    assert list_late_consultations(at(MONDAY, 17)) == []


def test_an_answer_that_a_colleague_was_asked_about_is_late_as_well(answer):
    be_due(answer, at(THURSDAY, 12))
    Answer.objects.update(state=AnswerState.AWAITING_COLLEAGUE)
    assert [each.answers for each in list_late_consultations(at(THURSDAY, 12, 1))] == [1]


@pytest.mark.parametrize("how", ["read", "withdrawn"])
def test_what_was_read_or_taken_back_waits_for_nobody(answer, how):
    if how == "read":
        Answer.objects.update(state=AnswerState.CLEARED)
    else:
        answer.response.withdrawn = True
        answer.response.save()
    assert list_late_consultations(at(TUESDAY, 9)) == []


def test_the_lead_of_the_day_is_told_once_a_day_and_nothing_but_that_something_waits(answer, people):
    _, leads = people
    assert actions.warn_of_late_reading(at(MONDAY, 9)) == 1
    assert sorted(message.to[0] for message in mail.outbox) == sorted(lead.email for lead in leads)
    assert {(message.subject, message.body) for message in mail.outbox} == {("item waiting", write_message())}
    assert actions.warn_of_late_reading(at(MONDAY, 15)) == 0
    assert len(mail.outbox) == 2
    assert actions.warn_of_late_reading(at(TUESDAY, 9)) == 1


def test_the_log_learns_it_without_an_hour(answer, people):
    actions.warn_of_late_reading(at(MONDAY, 9))
    assert not AuditEntry.objects.filter(verb="reading is late").exists()
    assert WaitingEvent.objects.get(verb="reading is late").object_id == str(LateWarning.objects.get().page_id)


def test_on_a_day_that_nobody_has_every_lead_is_told(answer, people):
    DutyDay.objects.all().delete()
    actions.warn_of_late_reading(at(MONDAY, 9))
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_down_delays_the_warning_and_does_not_swallow_it(answer, people, monkeypatch):

    def down(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(gateways, "send_mail", down)
        assert actions.warn_of_late_reading(at(MONDAY, 9)) == 0
    assert actions.warn_of_late_reading(at(MONDAY, 10)) == 1


@pytest.mark.parametrize("place", [BOARD, READERS, STOP])
def test_the_warning_stands_where_leads_look_with_both_buttons(client_as, overdue, place):
    shown = client_as("safeguarding_lead").get(place).content.decode()
    assert "Reading is late" in shown
    assert "1 answer waited longer than it may" in shown
    assert "Close free text now" in shown and "/staff/closing/?consultation=" in shown
    assert f"/staff/readers/{overdue.pk}/" in shown, "the way to bring in a reader"


def test_an_officer_learns_that_it_is_late_and_not_how_much_waits(client_as, overdue):
    shown = client_as("engagement_officer").get(READERS).content.decode()
    assert "answers wait longer than they may" in shown
    assert "1 answer" not in shown


def test_the_page_that_stops_one_offers_to_stop_no_other(client_as, overdue, home):
    other, _ = factories.consultation(home, slug="other", title="Other")
    lead = client_as("safeguarding_lead")
    shown = lead.get(STOP, {"consultation": other.slug}).content.decode()
    assert '<h2 class="h3">Other</h2>' in shown and f'value="{overdue.pk}"' not in shown
    assert "Reading is late" in lead.get(STOP, {"consultation": overdue.slug}).content.decode()


@pytest.mark.parametrize(("do", "open_after", "words_after"), [("words", True, False), ("survey", False, True)])
def test_one_press_stops_the_asking(client_as, overdue, do, open_after, words_after):
    """What the button sends: nothing has to be typed."""
    sent = {"page": overdue.pk, "do": do, "reason": "The reading clock ran over."}
    lead = client_as("safeguarding_lead")
    shown = lead.get(BOARD).content.decode()
    assert f'name="page" value="{overdue.pk}"' in shown
    assert 'name="reason" value="The reading clock ran over."' in shown
    assert lead.post(STOP, sent).status_code == 302
    overdue.refresh_from_db()
    assert (overdue.is_open(), not overdue.free_text_closed) == (open_after, words_after)
    assert AuditEntry.objects.order_by("-seq").first().data["reason"] == "The reading clock ran over."


def test_a_board_where_nothing_is_late_says_nothing_of_it(client_as, page):
    assert "Reading is late" not in client_as("safeguarding_lead").get(BOARD).content.decode()

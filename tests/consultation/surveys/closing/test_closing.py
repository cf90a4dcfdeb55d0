"""Closing free text or a survey at once, by one person with a reason; begun answers are not lost."""

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.surveys.closing import actions
from consultation.surveys.models import ConsultationPage
from tests import factories

pytestmark = pytest.mark.any_database

STOP = "/staff/closing/"
SURVEY = "/en/have-your-say/parks/answer/"


@pytest.fixture
def page(home):
    items = [factories.question("a", "single", ["Parks", "Town"]), factories.question("b", "long_text")]
    return factories.consultation(home, items=items, closes=timezone.localdate() + timedelta(days=9))[0]


@pytest.fixture
def officer(client_as):
    return client_as("engagement_officer")


def asked(client):
    from consultation.channels.web import published_versions

    published_versions._current_versions.clear()
    return client.get(SURVEY).content.decode()


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead"])
def test_free_text_is_closed_and_opened_again(client_as, client, page, role):
    staff = client_as(role)
    assert "<textarea" in asked(client)
    staff.post(STOP, {"page": page.pk, "do": "words", "reason": "Too much to read today."})
    assert "<textarea" not in asked(client) and "Question a?" in asked(client)
    shown = staff.get(STOP).content.decode()
    assert "No words can be written." in shown and "Ask for words again" in shown
    staff.post(STOP, {"page": page.pk, "do": "words-again", "reason": "Two more readers."})
    assert "<textarea" in asked(client)
    verbs = list(AuditEntry.objects.order_by("seq").values_list("verb", "actor"))
    assert verbs == [("free text closed at once", str(staff.user.pk)), ("free text opened again", str(staff.user.pk))]


def test_a_survey_is_closed_and_opened_again_until_the_day_it_had(officer, client, page):
    last = page.closes
    officer.post(STOP, {"page": page.pk, "do": "survey", "reason": "A flood of links."})
    assert "This has closed" in asked(client)
    page.refresh_from_db()
    assert not page.is_open()
    officer.post(STOP, {"page": page.pk, "do": "survey-again", "reason": "It is over."})
    page.refresh_from_db()
    assert page.closes == last and page.is_open()
    assert "Question a?" in asked(client)


def test_without_a_last_day_it_opens_without_one(officer, page):
    ConsultationPage.objects.update(closes=None)
    page.refresh_from_db()
    actions.close_survey(page=page, by=officer.user, reason="x")
    actions.reopen_survey(page=page, by=officer.user, reason="x")
    page.refresh_from_db()
    assert page.closes is None and page.is_open()


@pytest.mark.parametrize("do", ["words", "survey", "words-again", "survey-again", "nonsense"])
def test_without_a_reason_or_out_of_turn_nothing_happens(officer, page, do):
    before = ConsultationPage.objects.values("closes", "free_text_closed").get(pk=page.pk)
    reason = "" if do in ("words", "survey") else "x"
    reply = officer.post(STOP, {"page": page.pk, "do": do, "reason": reason})
    assert reply.status_code == 422 and 'role="alert"' in reply.content.decode()
    assert ConsultationPage.objects.values("closes", "free_text_closed").get(pk=page.pk) == before


def test_another_persons_page_or_none_is_not_found(officer, page):
    for number in ("", "x", "999999", "9" * 30):
        assert officer.post(STOP, {"page": number, "do": "words", "reason": "x"}).status_code == 404


def test_a_date_that_was_set_since_is_not_undone(officer, page):
    actions.close_survey(page=page, by=officer.user, reason="x")
    ConsultationPage.objects.update(closes=date(2020, 1, 1))
    page.refresh_from_db()
    with pytest.raises(NotAllowed, match="editor"):
        actions.reopen_survey(page=page, by=officer.user, reason="x")


def test_a_draft_from_before_does_not_open_what_was_closed(officer, page):
    page.save_revision(user=officer.user)
    page.refresh_from_db()
    actions.set_free_text_closed(page=page, by=officer.user, closed=True, reason="x")
    actions.close_survey(page=page, by=officer.user, reason="x")
    page.refresh_from_db()
    page.get_latest_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert page.free_text_closed and not page.is_open()


def waits(page, by):
    """A revision that was approved for tomorrow, and a newer draft beside it."""
    revision = page.save_revision(user=by)
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    page.save_revision(user=by)
    page.refresh_from_db()
    return revision


def test_what_waits_for_its_date_does_not_open_what_was_closed(officer, page):
    revision = waits(page, officer.user)
    actions.close_survey(page=page, by=officer.user, reason="x")
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    revision.publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert not page.is_open()


def test_what_would_close_before_it_opens_waits_no_more(officer, page):
    ConsultationPage.objects.update(opens=timezone.localdate())
    page.refresh_from_db()
    revision = waits(page, officer.user)
    actions.close_survey(page=page, by=officer.user, reason="x")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_a_form_that_was_open_is_kept_after_the_survey_closed(officer, client, page):
    from consultation.responses.models import Response
    from tests.consultation.channels.web.test_pages import token_in

    token = token_in(client.get(SURVEY))
    actions.close_survey(page=page, by=officer.user, reason="x")
    asked(client)
    version = page.versions.get()
    key = version.content["items"][1]["key"]
    client.post(SURVEY, {"token": token, key: "Typed before."})
    assert Response.objects.count() == 1


def test_nothing_open_says_so(officer, page):
    ConsultationPage.objects.update(closes=date(2020, 1, 1))
    assert "No survey is open." in officer.get(STOP).content.decode()


# What people read and lose: the true day, the reason, and nothing.


def written(day):
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def begun(client, page):
    """A form that was opened before the close: send(**answers) posts it."""
    from tests.consultation.channels.web.test_pages import token_in

    token = token_in(client.get(SURVEY))
    key = page.versions.get().content["items"][1]["key"]
    return lambda words="Typed before.", token=token: client.post(SURVEY, {"token": token, key: words})


def test_who_is_closed_out_reads_the_true_day_and_the_reason(officer, client, page):
    officer.post(STOP, {"page": page.pk, "do": "survey", "reason": "Links to bad places.", "said": "safe"})
    for address in (SURVEY, SURVEY.removesuffix("answer/"), "/en/"):
        asked(client)
        shown = client.get(address).content.decode()
        assert f"Closed on {written(timezone.localdate())}" in shown, address
        assert "Links to bad places" not in shown
        assert ("We closed it early to keep people safe." in shown) == (address != "/en/")


def test_without_a_public_reason_none_is_made_up(officer, client, page):
    officer.post(STOP, {"page": page.pk, "do": "survey", "reason": "x"})
    assert "We closed it early" not in asked(client)
    with pytest.raises(NotAllowed):
        actions.close_survey(page=page, by=officer.user, reason="x", said="nonsense")


def test_what_was_begun_on_the_day_of_closing_counts(officer, client, page, begun):
    from consultation.responses.models import Response

    actions.close_survey(page=page, by=officer.user, reason="x")
    asked(client)
    shown = begun().content.decode()
    assert f"It closed on {written(timezone.localdate())}. You had started, so we still took your answers." in shown
    assert not Response.objects.get().excluded_from_figures


def later(monkeypatch, days):
    """The clock, days later."""
    now = time.time() + days * 86400
    day = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)


@pytest.mark.parametrize(("after", "kept"), [(1, True), (2, False)])
def test_a_page_that_was_open_for_long_can_still_send_for_a_day_and_says_so(
    client, page, begun, monkeypatch, after, kept
):
    from consultation.responses.models import Response
    from tests.consultation.channels.web.test_pages import token_in

    later(monkeypatch, 9 + after)  # the form's token lived for seven days; the survey closed after nine
    asked(client)
    back = begun()
    shown = back.content.decode()
    assert back.status_code == 422 and "Typed before." in shown and not Response.objects.exists()
    if not kept:
        assert "Your answers were not sent." in shown and "Send my answers" not in shown
        return
    assert f"It closed on {written(page.closes)}. You can still press Send until the end of" in shown
    assert written(page.closes + timedelta(days=1)) in shown and "A trained person reads what you wrote." in shown
    thanks = begun(token=token_in(back)).content.decode()
    assert "A trained person will still read what you wrote. It closed on" in thanks
    assert Response.objects.get().excluded_from_figures


def test_a_forged_page_is_not_a_page_that_was_opened_before(officer, client, page, begun):
    actions.close_survey(page=page, by=officer.user, reason="x")
    asked(client)
    assert "Your answers were not sent." in begun(token="forged").content.decode()

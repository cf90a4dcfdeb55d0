"""The page of whoever checks a consultation, from the first approval to “It is live”, and the mails about it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.staff.consultation_home import approval_views
from consultation.reading.staffing.models import NamedReader
from consultation.surveys.approval import actions
from consultation.surveys.approval.waiting_approvals import list_waiting_for
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.surveys.conftest import asked, index, parks, publish  # noqa: F401

pytestmark = pytest.mark.any_database


@pytest.fixture
def author(person):
    return person("engagement_officer")


@pytest.fixture
def submitted(parks, author, person):  # noqa: F811
    factories.somebody_reads(person)
    parks.save_revision(user=author)
    parks.get_workflow().start(parks, author)
    return fresh(parks)


def fresh(page):
    return ConsultationPage.objects.get(pk=page.pk)


def address(page):
    return reverse("consultations:approval", args=[page.slug])


def home_of(page):
    return reverse("consultations:home", args=[page.slug])


def press(client, page, do, comment=""):
    """What the page's own form sends."""
    shown = client.get(address(page)).content.decode()
    seen_state = re.search(r'name="seen_state" value="([^"]*)"', shown)
    assert f'value="{do}"' in shown, "the button is there"
    return client.post(address(page), {"do": do, "comment": comment, "seen_state": seen_state[1]})


def buttons(client, page):
    return re.findall(r'name="do" value="(\w+)"', client.get(address(page)).content.decode())


def test_identical_advice_is_said_once_and_a_small_correction_says_so(parks, publish, author, client_as):  # noqa: F811
    parks.body = [asked(key, "Don't you agree that parks need lights?", "faces") for key in ("go", "go2")]
    publish(parks)
    parks.summary = "tell us."
    parks.save_revision(user=author)
    fresh(parks).get_workflow().start(fresh(parks), author)
    shown = client_as("safeguarding_lead").get(address(parks)).content.decode()
    assert shown.count("expects a yes. Ask") == 1 and "1. “Don" in shown and "2. “Don" in shown
    assert "Only spaces and capital letters differ: the safety check is enough." in shown


def test_it_shows_what_people_will_see_what_is_new_and_what_the_checks_say(submitted, client_as):
    shown = client_as("safeguarding_lead").get(address(submitted)).content.decode()
    assert "“Safety check” waits." in shown and "What would help?" in shown
    assert "It was never published: all of it is new." in shown and "Nothing in its words stops it." in shown
    assert reverse("wagtailadmin_pages:view_draft", args=[submitted.pk]) in shown


@pytest.mark.slow
def test_a_lead_approves_then_another_officer_and_it_is_live(submitted, client_as):
    lead, second = client_as("safeguarding_lead"), client_as("engagement_officer")
    answer = press(lead, submitted, "approve")
    said = lead.get(answer.url, follow=True).content.decode()
    assert "Approved. “Approval” comes next: whoever makes it is told." in said
    answer = press(second, submitted, "approve")
    assert fresh(submitted).live
    page = second.get(answer.url, follow=True)
    html = page.content.decode()
    assert page.request["PATH_INFO"] == home_of(fresh(submitted))
    assert approval_views.LIVE in html and '<h2 id="live">It is live</h2>' in html and "QR code of" in html


def test_what_changed_since_it_was_published_is_said(parks, author, publish, client_as, person):  # noqa: F811
    factories.somebody_reads(person)
    publish(parks)
    page = fresh(parks)
    page.title, page.go_live_at = "Parks and paths", datetime(2030, 1, 15, 9, tzinfo=UTC)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    shown = client_as("safeguarding_lead").get(address(page)).content.decode()
    changed = shown.partition('id="changed"')[2].partition("</section>")[0]
    assert "Parks and paths" in changed and "15 January 2030, 09:00" in changed and changed.count("<li>") == 2


def test_it_says_why_somebody_may_not_approve(submitted, client, author, client_as):
    client.force_login(author)
    shown = client.get(address(submitted)).content.decode()
    assert "“Safety check” is for another role: safeguarding lead." in shown and buttons(client, submitted) == []
    press(client_as("safeguarding_lead"), submitted, "approve")
    shown = client.get(address(submitted)).content.decode()
    assert actions.OWN_WORK in shown and buttons(client, submitted) == ["changes", "decline"]
    answer = client.post(address(submitted), {"do": "approve", "seen_state": "1 now"})
    assert answer.status_code == 422 and "Nothing was decided." in answer.content.decode()
    assert not fresh(submitted).live


def test_whoever_approved_one_step_does_not_approve_the_next(submitted, client_as):
    both = client_as("engagement_officer", "safeguarding_lead")
    press(both, submitted, "approve")
    assert actions.OTHER_STEP in both.get(address(submitted)).content.decode()
    assert list_waiting_for(both.user) == []


def test_what_stops_it_is_said_and_nobody_approves_it(submitted, author, client_as):
    page = fresh(submitted)
    page.groups_invited = ""
    page.save_revision(user=author)
    lead = client_as("safeguarding_lead")
    shown = lead.get(address(page)).content.decode()
    assert "to mend before anyone can approve it" in shown and actions.HELD_BACK in shown
    assert buttons(lead, page) == ["changes", "decline"]


def test_what_holds_back_the_last_step_leads_to_where_it_is_mended(submitted, client_as):
    """“Something still stops it: see what the checks say”, and the checks led nowhere."""
    press(client_as("safeguarding_lead"), submitted, "approve")
    NamedReader.objects.all().delete()
    shown = client_as("engagement_officer").get(address(submitted)).content.decode()
    assert f"You cannot approve it. {actions.HELD_BACK}" in shown
    assert f'<a href="{reverse("readers:consultation", args=[submitted.pk])}">Some days have no reader' in shown


def test_nobody_approves_a_draft_that_they_did_not_see(submitted, author, client_as):
    lead = client_as("safeguarding_lead")
    shown = lead.get(address(submitted)).content.decode()
    seen_state = re.search(r'name="seen_state" value="([^"]*)"', shown)[1]
    fresh(submitted).save_revision(user=author)
    answer = lead.post(address(submitted), {"do": "approve", "seen_state": seen_state})
    assert answer.status_code == 422 and "saved this after you opened it" in answer.content.decode()
    assert fresh(submitted).current_workflow_task.name == "Safety check"


def test_changes_are_asked_for_with_a_reason(submitted, client_as):
    lead = client_as("safeguarding_lead")
    assert press(lead, submitted, "changes").status_code == 422
    assert press(lead, submitted, "changes", "Say who reads it.").status_code == 302
    state = fresh(submitted).current_workflow_state
    assert state.status == "needs_changes" and state.current_task_state.comment == "Say who reads it."
    home = client_as("engagement_officer").get(home_of(submitted)).content.decode()
    assert "It came back with “Say who reads it.”." in home


@pytest.mark.slow
def test_a_declined_one_waits_for_nobody_and_keeps_its_draft(submitted, client_as):
    lead = client_as("safeguarding_lead")
    assert press(lead, submitted, "decline").status_code == 422
    assert press(lead, submitted, "decline", "We asked this in May.").status_code == 302
    page = fresh(submitted)
    assert page.current_workflow_state is None and page.get_latest_revision_as_object().title == submitted.title
    home = client_as("engagement_officer").get(home_of(submitted)).content.decode()
    assert "It came back with “Declined: We asked this in May.”." in home
    assert "It waits for no approval." in lead.get(address(page)).content.decode() and not buttons(lead, page)
    assert lead.post(address(page), {"do": "decline", "comment": "Again."}).status_code == 422


@pytest.mark.slow
def test_the_board_the_first_page_and_the_home_lead_there(submitted, client_as):
    lead = client_as("safeguarding_lead")
    for url in ("/staff/safeguarding/", "/staff/", home_of(submitted), "/staff/task-list/"):
        assert address(submitted) in lead.get(url).content.decode(), url
    press(lead, submitted, "approve")
    for url in ("/staff/safeguarding/", "/staff/", "/staff/task-list/"):
        assert address(submitted) not in lead.get(url).content.decode(), url
    second = client_as("engagement_officer")
    for url in ("/staff/", home_of(submitted), "/staff/task-list/"):
        assert address(submitted) in second.get(url).content.decode(), url


def test_each_of_several_approvals_has_its_own_line(submitted, author, client_as, index):  # noqa: F811
    other = ConsultationPage(title="Paths", slug="paths", summary="Tell us.", locale=submitted.locale, live=False)
    index.add_child(instance=other)
    other.save_revision(user=author)
    other.get_workflow().start(other, author)
    first_page = client_as("safeguarding_lead").get("/staff/").content.decode()
    assert address(submitted) in first_page and address(other) in first_page


def test_who_wrote_it_is_not_led_to_approve_it(submitted, client, author, client_as):
    press(client_as("safeguarding_lead"), submitted, "approve")
    client.force_login(author)
    assert address(submitted) not in client.get("/staff/").content.decode()
    assert list_waiting_for(author) == []


def test_a_mail_in_plain_words_goes_to_whoever_must_act(submitted, client_as, django_capture_on_commit_callbacks):
    lead, second = client_as("safeguarding_lead"), client_as("engagement_officer")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, submitted, "approve")
    [sent] = [each for each in mail.outbox if second.user.email in each.to]
    assert sent.subject.endswith(f"“{submitted.title}” waits for you: approval")
    assert address(submitted) in sent.body and "approve it, ask for changes, or decline it" in sent.body
    assert not re.search(r"moderation|workflow|submitted", sent.body, re.IGNORECASE)


@pytest.mark.slow
def test_who_sent_it_is_told_what_to_change_and_that_it_is_approved(
    submitted, author, client_as, django_capture_on_commit_callbacks
):
    lead, second = client_as("safeguarding_lead"), client_as("engagement_officer")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, submitted, "changes", "Say who reads it.")
    [sent] = [each for each in mail.outbox if author.email in each.to]
    assert "came back to you" in sent.subject and "Say who reads it." in sent.body and home_of(submitted) in sent.body
    fresh(submitted).current_workflow_state.resume(author)
    press(lead, submitted, "approve")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        press(second, submitted, "approve")
    [sent] = [each for each in mail.outbox if author.email in each.to]
    assert "is approved" in sent.subject and home_of(fresh(submitted)) in sent.body


def test_mails_about_a_change_of_what_is_live_do_not_say_that_it_is_not(
    parks,  # noqa: F811
    publish,  # noqa: F811
    author,
    person,
    client_as,
    django_capture_on_commit_callbacks,
):
    factories.somebody_reads(person)
    publish(parks)
    parks.summary = "Tell us all."
    parks.save_revision(user=author)
    lead = client_as("safeguarding_lead")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        fresh(parks).get_workflow().start(fresh(parks), author)
    with django_capture_on_commit_callbacks(execute=True):
        press(lead, fresh(parks), "changes", "Say who reads it.")
    said = {address: each.body for each in mail.outbox for address in each.to}
    assert "What is live stays as it is until then." in said[lead.user.email]
    assert "What is live stays as it was, and nothing of your changes is lost." in said[author.email]
    assert not any("not live" in body or "not go live" in body for body in said.values())


@pytest.mark.slow
def test_an_approval_that_only_waits_for_a_day_says_the_day(submitted, client_as, author):
    page = fresh(submitted)
    page.opens = timezone.localdate() + timedelta(days=3)
    page.save_revision(user=author)
    press(client_as("safeguarding_lead"), submitted, "approve")
    second = client_as("engagement_officer")
    answer = press(second, submitted, "approve")
    html = second.get(answer.url, follow=True).content.decode()
    assert f"It is published. Opens on {page.opens:%-d %B %Y}" in html and "It is published, and not open yet" in html

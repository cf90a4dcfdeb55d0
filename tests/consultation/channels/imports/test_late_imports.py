"""A file for a closed survey: the reader is told before accepting it, and readers and officers are notified."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.imports import actions
from consultation.channels.imports.models import ImportState
from consultation.notifications.notify import write_message
from consultation.surveys.closing.actions import close_survey, set_free_text_closed
from tests.consultation.channels.imports.import_steps import tried


def closed_at_once(page, by):
    close_survey(page=page, by=by, reason="A flood of the same words.")


def words_closed(page, by):
    set_free_text_closed(page=page, by=by, closed=True, reason="More than we can read.")


def closed(page, by):
    type(page).objects.filter(pk=page.pk).update(closes=timezone.localdate() - timedelta(days=3))


@pytest.mark.parametrize(
    ("close", "says"),
    [
        (closed, "Closed on"),
        (closed_at_once, "Why: “A flood of the same words”."),
        (words_closed, "The boxes for words of this survey were closed at once."),
    ],
)
def test_answers_for_a_closed_survey_are_taken_in_knowingly_and_announced(
    bring, page, client_as, mailoutbox, django_capture_on_commit_callbacks, close, says
):
    reader, officer = client_as("moderator"), client_as("engagement_officer")
    close(page, officer.user)
    source = tried(bring(["q-e"], ["Lights"]), reader.user)
    shown = reader.get(source.get_absolute_url()).content.decode()
    assert says in shown.replace("&quot;", '"') and 'name="knows_closed"' in shown
    refused = reader.post(source.get_absolute_url(), {"do": "take"})
    source.refresh_from_db()
    assert refused.status_code == 422 and source.state == ImportState.CHECKED
    with django_capture_on_commit_callbacks(execute=True):
        reader.post(source.get_absolute_url(), {"do": "take", "knows_closed": "yes"})
    source.refresh_from_db()
    assert source.state == ImportState.TAKING
    told = {address for mail in mailoutbox for address in mail.to}
    assert {reader.user.email, officer.user.email} <= told
    assert {(mail.subject, mail.body) for mail in mailoutbox} == {("item waiting", write_message())}
    dates = officer.get("/staff/dates/").content.decode()
    assert "Answers that came after the close" in dates and "fewer than 10 people, fewer than 10 texts." in dates


def test_an_open_survey_asks_for_nothing_more(bring, reader, page):
    source = tried(bring(["q-e"], ["Lights"]), reader)
    actions.request_acceptance(source=source, by=reader)
    assert not AuditEntry.objects.filter(verb="answers brought after the close").exists()

"""Unredacted access: the sealed original opens with permission and a reason, on record."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.audit.erasure_types import RETENTION_RUN
from consultation.audit.models import AuditEntry
from consultation.reading import actions
from consultation.reading.models import OriginalOpened, ReadingDecision
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.models import TriageCase
from tests import factories

TEXT = "🦋 Kieran said <b>call</b> 07700 900123.\r\nKieran is ok."
SPANS = [
    {"start": 2, "end": 8, "type": "PERSON"},
    {"start": 26, "end": 38, "type": "PHONE"},
    {"start": 41, "end": 47, "type": "PERSON"},
]
WHY = "The family asks what was hidden."


@pytest.fixture
def cleared(sent, reader):
    def make(decision=ReadingDecision.CLEAR, text=TEXT, spans=SPANS):
        answer = sent(text)
        screen_unread()
        actions.decide_answer(answer=answer, by=reader, decision=decision, spans=spans, note="not about harm")
        return answer

    return make


def url(answer):
    return reverse("original", args=[answer.pk])


def test_the_words_are_sealed_until_a_reason_is_given(client_as, cleared):
    page = client_as("moderator").get(url(cleared())).content.decode()
    assert "Why do you need to see the original?" in page
    assert "[PERSON 1] said" in page
    assert "Kieran" not in page and "07700" not in page


@pytest.mark.parametrize("role", ["moderator", "safeguarding_lead"])
def test_a_reason_opens_them_and_shows_what_each_tag_replaced(client_as, cleared, role):
    page = client_as(role).post(url(cleared()), {"reason": WHY}).content.decode()
    assert "07700 900123" in page
    assert "&lt;b&gt;call&lt;/b&gt;" in page
    assert page.count("<bdi>Kieran</bdi>") == 2
    assert page.count('<span class="tagged">[PERSON 1]</span>') == 2
    assert WHY in page


def test_that_they_were_opened_is_on_record_and_the_log_holds_no_words(client_as, cleared):
    answer, client = cleared(), client_as("moderator")
    client.post(url(answer), {"reason": WHY})
    entry = AuditEntry.objects.get(verb="original opened")
    assert (entry.object_id, entry.data) == (str(answer.pk), {})
    assert OriginalOpened.objects.get().reason == WHY
    assert WHY in client.get(url(answer)).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "because"])
def test_without_a_reason_nothing_is_opened(client_as, cleared, reason):
    page = client_as("moderator").post(url(cleared()), {"reason": reason})
    assert page.status_code == 422
    assert "Kieran" not in page.content.decode()
    assert not OriginalOpened.objects.exists()
    assert not AuditEntry.objects.filter(verb="original opened").exists()


def test_an_answer_that_nobody_has_decided_is_read_on_the_desk(client_as, sent):
    assert client_as("moderator").get(url(sent(TEXT))).status_code == 404


def test_what_is_in_triage_is_not_found_here(client_as, cleared):
    answer = cleared(ReadingDecision.TRIAGE)
    for role in ("moderator", "safeguarding_lead"):
        assert client_as(role).post(url(answer), {"reason": WHY}).status_code == 404


def test_what_was_in_triage_once_opens_for_leads_alone(client_as, cleared):
    answer = cleared()
    answer.reading.was_triaged, answer.reading.quotable = True, False
    answer.reading.save()
    assert client_as("moderator").get(url(answer)).status_code == 404
    assert client_as("safeguarding_lead").get(url(answer)).status_code == 200


def test_a_lead_of_the_agency_that_it_was_about_does_not_find_it(client_as, cleared):
    """D7 holds also when the case is closed and its words were released."""
    answer = cleared()
    case = TriageCase.objects.create(opened_at=timezone.now(), due_at=timezone.now())
    TriageCase.objects.filter(pk=case.pk).update(answer=answer, agency=factories.agency("Riverside"))
    theirs, others, unsaid = (client_as("safeguarding_lead") for _ in range(3))
    for client, agency in ((theirs, "River side"), (others, "Council"), (unsaid, "")):
        factories.join_agency(client.user, agency)
    found = [client.get(url(answer)).status_code for client in (theirs, others, unsaid)]
    assert found == [404, 200, 404]


def test_withdrawn_words_are_not_found(client_as, cleared):
    answer = cleared()
    answer.response.withdrawn = True
    answer.response.save()
    assert client_as("moderator").post(url(answer), {"reason": WHY}).status_code == 404


def test_without_the_key_nothing_opens_and_nothing_is_on_record(client_as, cleared, settings):
    answer = cleared()
    settings.ANSWER_OPEN_KEYS = []
    page = client_as("moderator").post(url(answer), {"reason": WHY})
    assert page.status_code == 503
    assert not OriginalOpened.objects.exists()


def test_a_look_changes_nothing(client_as, cleared):
    answer = cleared()
    before = (bytes(answer.sealed), answer.reading.text)
    client_as("moderator").post(url(answer), {"reason": WHY})
    fresh = Answer.objects.get(pk=answer.pk)
    assert (bytes(fresh.sealed), fresh.reading.text) == before
    assert fresh.state == AnswerState.CLEARED


def test_the_reason_goes_when_the_answer_goes(client_as, cleared):
    answer = cleared()
    client_as("moderator").post(url(answer), {"reason": WHY})
    answer.delete()
    assert not OriginalOpened.objects.exists()


def test_the_page_of_what_one_decided_leads_there(client_as, sent, person):
    client = client_as("moderator")
    answer = sent(TEXT)
    screen_unread()
    from cms.accounts.models import User

    reader = User.objects.get(pk=client.session["_auth_user_id"])
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=SPANS, note="fine")
    assert url(answer) in client.get(reverse("reading:done")).content.decode()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([], "The audit log does not say when."),
        ([3], "Retention erased them on 3 June 2026."),
        ([3, 9], "Retention erased them between 3 June 2026 and 9 June 2026."),
    ],
)
def test_words_that_retention_erased_are_said_to_be_and_not_offered(client_as, cleared, days, told, monkeypatch):
    answer = cleared()
    Answer.objects.filter(pk=answer.pk).update(sealed=b"")
    page = answer.response.version.page
    for day in days:
        monkeypatch.setattr("django.utils.timezone.now", lambda day=day: datetime(2026, 6, day, 12, tzinfo=UTC))
        record_event(RETENTION_RUN, obj=page, erased="raw-words", count="about 10")
        record_event(RETENTION_RUN, obj=page, erased="cleared", count="about 10")
    monkeypatch.undo()
    reader = client_as("moderator")
    shown = reader.get(url(answer)).content.decode()
    assert told in shown and "The rule for raw free text: kept 12 months after the close" in shown
    assert "Open the original" not in shown and "Who has looked" not in shown
    refused = reader.post(url(answer), {"reason": WHY})
    assert refused.status_code == 422 and "The words as they were sent are erased." in refused.content.decode()
    assert not OriginalOpened.objects.exists()

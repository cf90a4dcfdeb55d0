"""Taking answers back by the four words: told first, asked once more, true whatever became of them."""

import re

import pytest

from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.responses.models import Answer, AnswerState, Response
from consultation.safeguarding.models import WithdrawnText
from tests.consultation.receipts.test_receipts import LOOK_UP, ask, press

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.usefixtures("quick_hash")]
READ_ONCE = "If we are not done with reading them, a trained person still reads them once"


@pytest.mark.parametrize("counted", [None, 1], ids=["before the results", "after them"])
@pytest.mark.parametrize("state", AnswerState)
def test_what_is_said_after_taking_back_is_true_and_the_same_however_far_reading_was(client, sent, state, counted):
    """A lead still reads what is not cleared. Whoever finds the words must not learn that a lead has it."""
    Response.objects.update(counted=counted)
    Answer.objects.update(state=state)
    page = ask(client, issue_words(response=sent))
    done = press(client, page, "words" if counted else "yes").content.decode()
    assert get_text("back.words.done") in done if counted else get_text("back.done", days=35) in done
    assert WithdrawnText.objects.exists() == (state in ("unread", "held", "triage"))
    for key in ("back.done", "back.words.done"):
        assert "a trained person still reads" in get_text(key, days=35)


def test_the_person_is_told_first_and_asked_once_more(client, sent):
    page = press(client, ask(client, issue_words(response=sent)), "ask")
    told = page.content.decode()
    assert READ_ONCE in told
    assert "You cannot undo this" in told
    sent.refresh_from_db()
    assert not sent.withdrawn
    done = press(client, page, "yes").content.decode()
    sent.refresh_from_db()
    assert sent.withdrawn
    assert WithdrawnText.objects.count() == 1
    assert f"Your answers are out of the results. {READ_ONCE}" in done
    assert "You took your answers back" in done
    assert "Take my answers back" not in done


def test_leaving_them_in_changes_nothing(client, sent):
    page = press(client, ask(client, issue_words(response=sent)), "ask")
    assert press(client, page, "no").status_code == 200
    sent.refresh_from_db()
    assert not sent.withdrawn


def test_the_words_still_work_after_taking_back(client, sent):
    words = issue_words(response=sent)
    press(client, press(client, ask(client, words), "ask"), "yes")
    assert "You took your answers back" in ask(client, words).content.decode()


def test_too_late_says_why_and_what_can_still_be_wiped(client, sent):
    words = issue_words(response=sent)
    early = ask(client, words)
    Response.objects.update(counted=1)
    late = press(client, press(client, early, "ask"), "yes").content.decode()
    assert "It is too late to take them back" in late
    page = ask(client, words)
    assert "Wipe what I wrote" in page.content.decode()
    wiped = press(client, page, "words").content.decode()
    assert "What you wrote is taken out" in wiped
    sent.refresh_from_db()
    assert (sent.closed, sent.withdrawn) == ({"a": "1"}, False)
    assert Answer.objects.count() == 0


def test_a_forged_reference_takes_nothing_back(client, sent):
    for forged in ("", "x", str(sent.pk)):
        assert client.post(LOOK_UP, {"reference": forged, "back": "yes"}).status_code == 422
    sent.refresh_from_db()
    assert not sent.withdrawn


def test_another_site_cannot_take_answers_back(client, sent):
    page = ask(client, issue_words(response=sent))
    reference = re.search(r'name="reference" value="([^"]+)"', page.content.decode())[1]
    answer = client.post(LOOK_UP, {"reference": reference, "back": "yes"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    sent.refresh_from_db()
    assert not sent.withdrawn

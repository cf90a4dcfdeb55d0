"""The machine's clock jumps by days, in either direction, while a form is open: the answer is kept, and asked for again at
most once."""

import time

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.models import Answer, Response
from tests.factories import consultation, question

pytestmark = pytest.mark.django_db
ADDRESS, DAY = "/en/have-your-say/parks/answer/", 86_400
THANKED = "We have your answers"


@pytest.fixture
def sent(client, home, monkeypatch):
    """sent(days): the pages that a person gets who opens a form, sees the clock jump, and presses Send until thanked."""
    _, version = consultation(home, items=[question("a", options=["Yes", "No"]), question("b", "long_text")])

    def press_until_thanked(days):
        token, true_time = form_tokens.issue_form_token(version.pk), time.time
        monkeypatch.setattr(time, "time", lambda: true_time() + days * DAY)
        pages = []
        while not pages or (THANKED not in pages[-1] and len(pages) < 5):
            pages.append(client.post(ADDRESS, {"token": token, "a": "1", "b": "More lights."}).text)
            token = pages[-1].partition('name="token" value="')[2].partition('"')[0] or token
        return pages

    return press_until_thanked


@pytest.mark.parametrize(("days", "presses"), [(-3, 1), (3, 1), (-400, 1), (30, 2)])
def test_an_answer_is_kept_whatever_the_clock_says(sent, days, presses):
    pages = sent(days)
    assert THANKED in pages[-1] and len(pages) == presses
    assert all("More lights." in page for page in pages[:-1]), "a form that is too old comes back as it was"
    assert Response.objects.count() == Answer.objects.count() == 1

import pytest
from django.urls import reverse

from consultation.safeguarding import actions
from consultation.safeguarding.models import TriageCase, WithdrawnText
from tests.consultation.safeguarding.conftest import WORDS

LIST = "/staff/safeguarding/withdrawn/"


@pytest.fixture
def kept(answer):
    return actions.keep_withdrawn_text(answer=answer, question_text="What is good?")


def page_of(kept):
    return reverse("safeguarding:read_withdrawn", args=[kept.pk])


def test_withdrawn_words_are_read_once_and_erased_when_one_is_sure(desk, client_as, kept):
    assert WORDS.encode() not in desk.get(LIST).content
    assert desk.get(page_of(kept)).status_code == 405
    assert WORDS.encode() in desk.post(page_of(kept)).content
    other = client_as("safeguarding_lead")
    assert WORDS.encode() not in other.post(page_of(kept), follow=True).content
    assert b"With " in other.get(LIST).content
    unsure = desk.post(page_of(kept), {"do": "erase"})
    assert unsure.status_code == 422 and WithdrawnText.objects.exists()
    desk.post(page_of(kept), {"do": "erase", "sure": "yes"})
    assert not WithdrawnText.objects.exists()
    assert b"None wait." in desk.get(LIST).content


def test_withdrawn_words_that_someone_must_hear_of_become_a_case(desk, kept):
    desk.post(page_of(kept))
    missing = desk.post(page_of(kept), {"do": "tell", "priority": "T1", "why": ""})
    assert missing.status_code == 422 and WORDS.encode() in missing.content
    told = {"do": "tell", "priority": "T1", "why": "A child can be found."}
    reply = desk.post(page_of(kept), told, follow=True)
    case = TriageCase.objects.get()
    assert case.name.encode() in reply.content and b"None wait." in desk.get(LIST).content
    shown = desk.post(reverse("safeguarding:case", args=[case.pk]), {"do": "view", "reason": "To decide."})
    assert WORDS.encode() in shown.content

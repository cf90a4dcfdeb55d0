"""The practice desk has the desk's pages and buttons, stores nothing, and says in the end what a lead would have done."""

import json
import re

import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.management.commands.screen_practice_answers import screen_practice_text
from consultation.reading import desk_state
from consultation.reading.models import Draft, Lease, Reading, Screening
from consultation.reading.practice_desk.practice_answers import SCREENED, load_practice_texts
from consultation.reading.practice_desk.views import SAYS
from consultation.responses.models import Answer
from consultation.safeguarding.models import TriageCase

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

QUESTION, TEXTS = load_practice_texts()


def page(number):
    return reverse("reading:practice-answer", args=[number])


def press(desk, number, do, **more):
    spans = re.findall(r'name="span" value="([^"]+)"', desk.get(page(number)).content.decode())
    return desk.post(page(number), {"span": spans, "note": "", "uncovered": "1", "do": do} | more)


def test_every_practice_answer_says_what_a_lead_would_do():
    assert len(TEXTS) >= 6
    for one in TEXTS:
        assert one.lead and set(one.lead) <= set(desk_state.DECISIONS) == set(SAYS)
        assert one.why and "[[" not in one.words
    assert {one.lead[0] for one in TEXTS} >= {"clear", "triage", "never_quote", "not_used"}


def test_it_is_the_desk_with_its_own_title_and_nothing_to_undo(desk, home):
    assert desk.get(reverse("reading:practice")).url == page(1)
    text = desk.get(page(1)).content.decode()
    assert "Practice: answer" in text and 'data-key="t"' in text and 'id="undo"' not in text
    assert QUESTION in text and TEXTS[0].words in text


def test_who_decides_as_a_lead_would_is_told_so_and_nothing_is_stored(desk, home):
    desk.get(reverse("reading:practice"))
    before = AuditEntry.objects.count()
    for one in TEXTS:
        reply = press(desk, one.number, one.lead[0], reason="A figure of speech, a joke or a wish.")
        assert reply.status_code == 302, one
    assert reply.url == reverse("reading:practice-result")
    text = desk.get(reply.url).content.decode()
    assert text.count("As a lead would.") == len(TEXTS) and "Otherwise" not in text
    for model in (Answer, Reading, Screening, Draft, Lease, TriageCase):
        assert not model.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_name_left_in_and_a_harm_that_was_cleared_are_told(desk, home):
    desk.get(reverse("reading:practice"))
    desk.post(page(2), {"span": [], "do": "clear"})
    assert press(desk, 3, "clear").status_code == 422, "a flag needs a reason here too"
    press(desk, 3, "clear", note="Mild.")
    text = desk.get(reverse("reading:practice-result")).content.decode()
    assert "You left in:" in text and "Osric Pell" in text and "As a lead would." not in text
    assert text.count("You: Left it.") == len(TEXTS) - 2


def test_covered_words_must_be_looked_at_before_they_are_cleared(desk, home):
    grave = next(one for one in TEXTS if one.screen().priority == "T1")
    reply = desk.post(page(grave.number), {"span": [], "note": "Mild.", "do": "clear"})
    assert reply.status_code == 422 and b"Look at the words before you decide" in reply.content
    assert desk.post(page(grave.number), {"span": [], "do": "triage"}).status_code == 302


def test_marks_are_changed_as_on_the_desk(desk, home):
    dealer = next(one for one in TEXTS if "Big Dex" in one.words)
    reply = press(desk, dealer.number, "kind:1")
    assert reply.status_code == 200 and "NICKNAME:1" in reply.content.decode()
    assert press(desk, dealer.number, "keep").status_code == 204
    assert press(desk, dealer.number, "hide", words="nothing here").status_code == 422
    assert press(desk, dealer.number, "back").url == page(dealer.number - 1)
    assert desk.get(page(99)).status_code == 404


def test_what_is_kept_of_the_screen_is_what_it_says_today():
    """Else: ./dev manage screen_practice_answers."""
    assert json.loads(SCREENED.read_text()) == [json.loads(json.dumps(screen_practice_text(one))) for one in TEXTS]

"""A T1 comes before all else on the desk, and the screen begins with what sounds like one."""

import pytest

from consultation.reading import actions, screening, screening_sweep, urgent_first
from consultation.reading.models import Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer
from consultation.responses.vault import seal_text
from tests import factories

PLAIN = "More lights in the park would be good."
CRY = "My uncle hurts me at night and I am scared to go home."


def test_a_t1_comes_before_ones_own_lease_and_any_chosen_consultation(sent, reader, colleague, home):
    calm = sent(PLAIN)
    screen_unread()
    assert actions.lease_next_unread(reader) == calm
    t1 = sent("Please")
    screen_unread()
    Screening.objects.filter(pk=t1.pk).update(order=[True, "T1", ""])
    other_page, _ = factories.consultation(home, slug="other", items=[factories.question("a", "long_text")])
    assert actions.lease_next_unread(reader, other_page.pk) == t1, "although another consultation was chosen"
    assert actions.lease_next_unread(reader) == t1, "although another answer was leased before"
    assert actions.lease_next_unread(colleague) is None, "each is with one reader"
    actions.decide_answer(answer=t1, by=reader, decision="hold", spans=[], note="Which place is that?")
    assert actions.lease_next_unread(reader) == calm, "whoever asked does not decide"
    assert actions.lease_next_unread(colleague) == t1, "what a colleague asked about is a T1 still"


@pytest.fixture
def backlog(sent, monkeypatch):
    """Thirty calm answers and a cry, which by its key is the last; the screen takes five at once."""
    for number in range(31):
        sent(f"{PLAIN} {number}")
    monkeypatch.setattr(screening_sweep, "AT_ONCE", 5)
    monkeypatch.setattr(screening_sweep, "BATCH", 5)
    last = Answer.objects.order_by("-pk").first()
    last.sealed = seal_text(CRY)
    last.save(update_fields=["sealed"])
    return last


def screen_one_batch():
    """The keys of what one batch screened."""
    known = set(Screening.objects.values_list("pk", flat=True))
    screen_unread(seconds=0)
    return set(Screening.objects.values_list("pk", flat=True)) - known


def test_the_screen_begins_with_what_sounds_urgent(backlog):
    assert backlog.pk in screen_one_batch() and Screening.objects.get(pk=backlog.pk).flagged


def test_what_asks_to_be_read_soon_comes_first_and_what_is_not_counted_last(backlog):
    calm = list(Answer.objects.exclude(pk=backlog.pk).order_by("-pk"))
    Answer.objects.filter(pk__in=[one.pk for one in calm[:5]]).update(soon=True)
    type(backlog.response).objects.filter(pk=calm[5].response_id).update(excluded_from_figures=True)
    assert screen_one_batch() == {one.pk for one in calm[:5]}
    assert backlog.pk in screen_one_batch()
    rest = [screen_one_batch() for _ in range(5)]
    assert not urgent_first._looked, "of a backlog that is small again nothing is kept"
    assert calm[5].pk in rest[-1] and not any(map(len, [screen_one_batch()]))


def test_a_look_ends_in_time_and_goes_on_where_it_ended(backlog, monkeypatch):
    keys = list(Answer.objects.values_list("pk", flat=True))
    monkeypatch.setattr(urgent_first, "LOOK_SECONDS", 0)
    looks = [urgent_first.find_urgent(keys) for _ in keys]
    assert looks[-1] == {backlog.pk} and len(urgent_first._looked) == len(keys)
    assert urgent_first.find_urgent([]) == set() == set(urgent_first._looked), "nothing is kept of what is screened"


def test_what_the_rules_cannot_read_is_screened_early_and_hides_no_other(backlog, monkeypatch):
    def break_off(text):
        raise RecursionError

    monkeypatch.setattr(screening, "sounds_urgent", break_off)
    assert urgent_first.find_urgent([backlog.pk]) == {backlog.pk}
    assert len(screen_one_batch()) == 5

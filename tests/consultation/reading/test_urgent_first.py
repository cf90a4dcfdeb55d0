"""A T1 comes before all else on the desk."""

from consultation.reading import actions
from consultation.reading.models import Screening
from consultation.reading.screening_sweep import screen_unread
from tests import factories

PLAIN = "More lights in the park would be good."


def test_a_t1_comes_before_ones_own_lease_and_any_chosen_consultation(sent, reader, colleague, home):
    calm = sent(PLAIN)
    screen_unread()
    assert actions.lease_next_unread(reader) == calm
    t1 = sent("Please")
    screen_unread()
    Screening.objects.filter(pk=t1.pk).update(flagged=True, priority="T1")
    other_page, _ = factories.consultation(home, slug="other", items=[factories.question("a", "long_text")])
    assert actions.lease_next_unread(reader, other_page.pk) == t1, "although another consultation was chosen"
    assert actions.lease_next_unread(reader) == t1, "although another answer was leased before"
    assert actions.lease_next_unread(colleague) is None, "each is with one reader"
    actions.decide_answer(answer=t1, by=reader, decision="hold", spans=[], note="Which place is that?")
    assert actions.lease_next_unread(reader) == calm, "whoever asked does not decide"
    assert actions.lease_next_unread(colleague) == t1, "what a colleague asked about is a T1 still"

"""What a public page says came first did so, and not by random changes alone."""

import pytest

from insights.polls.public_figures import ChoiceFigure, DisplayText, PublicFigure
from insights.releases.share_statistics import SLACK
from insights.releases.stored_figures import NO_ANSWER


def choice(id_, people, *, nearly_all=False):
    return ChoiceFigure(DisplayText(id_), people, people and 4, id=id_, nearly_all=nearly_all)


@pytest.mark.parametrize(("no", "first"), [(31, None), (31 - SLACK, None), (31 - SLACK - 1, "yes"), (None, "yes")])
def test_it_came_first_only_by_more_than_random_changes(no, first):
    """“No: this came first” stood above as many who were not sure."""
    found = PublicFigure("q", DisplayText("Do you?"), (choice("yes", 31), choice("no", no))).most
    assert (found and found.id) == first


def test_no_answer_is_none_that_came_first():
    rows = (choice(NO_ANSWER, 90), choice("yes", 40), choice("no", 9))
    assert PublicFigure("q", DisplayText("Do you?"), rows).most.id == "yes"


def test_nearly_everyone_comes_first_without_a_number():
    rows = (choice("yes", None, nearly_all=True), choice("no", 8))
    assert PublicFigure("q", DisplayText("Do you?"), rows).most.id == "yes"

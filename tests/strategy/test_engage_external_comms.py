"""6.3: no decision is published without a child's summary that meets the reading age, or the reason on record."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from insights.decisions.actions import change_decision, publish_decision, record_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision
from insights.strategy.points.point_provisions import get_served_point
from tests.factories import CHILD_SUMMARY
from tests.insights.conftest import colleague, officer, parks  # noqa: F401
from tests.insights.decisions.conftest import posted, said

POINT = "engage-external-comms"
HARD = {
    "you_said": "Participants overwhelmingly prioritised environmental illumination.",
    "we_did": "Infrastructural improvements necessitate additional interdepartmental deliberation.",
}
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def draft(parks, person):  # noqa: F811
    return record_decision(by=person("planner"), consultations=[parks[0]], **said(easy={}))


@pytest.mark.parametrize(
    "easy", [{}, {"you_said": "You want lights."}, {"you_said": "You want lights.", "we_did": " "}]
)
def test_it_is_not_published_without_a_childs_summary(draft, person, easy):
    change_decision(decision=draft, by=draft.created_by, easy=easy)
    with pytest.raises(ValidationError, match="Write the child’s summary"):
        publish_decision(decision=draft, by=person("engagement_officer"))


def test_it_is_not_published_with_a_summary_above_the_reading_age(draft, person):
    change_decision(decision=draft, by=draft.created_by, easy=HARD)
    officer = person("engagement_officer")  # noqa: F811
    for no_reason in ("", " ", "Because.", "It is short.", "so so so so so so"):
        with pytest.raises(ValidationError, match="9 is the most"):
            publish_decision(decision=draft, by=officer, hard_because=no_reason)


def test_the_reason_stands_for_the_words_that_it_was_given_for(draft, person):
    """One officer makes them no harder; once they are within the age, the reason is gone with the hard words."""
    change_decision(decision=draft, by=draft.created_by, easy=HARD)
    officer = person("engagement_officer")  # noqa: F811
    publish_decision(decision=draft, by=officer, hard_because="It is the name of a law.")
    harder = {name: f"{words[:-1]} notwithstanding organisational unavailability." for name, words in HARD.items()}
    with pytest.raises(ValidationError, match="summary is hard to read"):
        change_decision(decision=draft, by=officer, easy=harder, why="More of it.")
    change_decision(decision=draft, by=officer, easy=HARD | {"you_said": "You want lights."}, why="Shorter.")
    assert Decision.objects.get().hard_because
    with pytest.raises(ValidationError, match="summary is hard to read"):
        change_decision(decision=draft, by=officer, easy=HARD, why="As it was.")
    change_decision(decision=draft, by=officer, easy=CHILD_SUMMARY, why="Shorter still.")
    assert Decision.objects.get().hard_because == "" and list_ledger_problems() == []


def test_no_later_change_takes_the_summary_away(draft, person):
    change_decision(decision=draft, by=draft.created_by, easy=CHILD_SUMMARY)
    officer = person("engagement_officer")  # noqa: F811
    publish_decision(decision=draft, by=officer)
    with pytest.raises(ValidationError, match="child’s summary"):
        change_decision(decision=draft, by=officer, easy={}, why="Shorter.")


def test_a_planner_writes_it_in_the_form_and_everyone_reads_it(client_as, client, parks, person):  # noqa: F811
    planner = client_as("planner")
    shown = planner.get(reverse("insights:record")).content.decode()
    assert "For a child" in shown and "What people said, in easy read" in shown
    data = posted() | {"consultations": [parks[0].pk], "progress": "planned"}
    assert planner.post(reverse("insights:record"), data).status_code == 302
    made = Decision.objects.get()
    assert made.easy == CHILD_SUMMARY
    publish_decision(decision=made, by=person("engagement_officer"))
    assert "There will be ten lights." in client.get(f"/en/you-said-we-did/{made.slug}/").content.decode()


def test_it_holds_while_a_published_decision_has_its_summary(draft, person):
    assert not get_served_point(POINT).holds
    change_decision(decision=draft, by=draft.created_by, easy=CHILD_SUMMARY)
    publish_decision(decision=draft, by=person("engagement_officer"))
    [provision] = get_served_point(POINT).provisions
    assert provision.holds and provision.proofs[0].url == f"/en/you-said-we-did/{draft.slug}/"
    Decision.objects.filter(pk=draft.pk).update(easy={})
    assert not get_served_point(POINT).holds

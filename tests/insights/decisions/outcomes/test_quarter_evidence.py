"""A quarter that is over as evidence of an outcome, beside an earlier one of the same release."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from consultation.domain.calendar_quarters import Quarter
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.outcomes import actions, outcome_figures
from insights.decisions.outcomes.models import OutcomeEvidence
from tests.insights.decisions.outcomes.conftest import add_quarters, made_release


def test_a_quarter_after_the_decision_is_compared_with_an_earlier_one_of_the_same_release(
    draft, decision, parks, planner, officer, colleague, client
):
    """Nobody stands in two quarters that are over, so the shown figures of one release may be compared."""
    whole = made_release(parks[0], 2, date(2027, 1, 15), yes=150, lights=20, by=officer, colleague=colleague)
    add_quarters(whole, {"2026-q2": 60, "2026-q3": 90, "2026-q4": 150})
    listed = outcome_figures.list_figures_of_quarters(whole, decision.decided)
    assert [(quarter.slug, figure.key) for quarter, figure in listed] == [("2026-q4", "2026-q4|q-a")]
    client.force_login(planner)
    address = reverse("insights:cite-outcome", args=[draft.pk])
    page = client.get(address, {"release": whole.pk})
    assert "October to December 2026" in page.content.decode()
    chosen = {"release": whole.pk, "question": "2026-q4|q-a", "before": "2026-q2"}
    assert "+45 in 100" in client.get(address, chosen).content.decode()
    posted = client.post(address, {"option": "yes", "bearing": "worked"}, query_params=chosen)
    assert posted.status_code == 302
    cited = OutcomeEvidence.objects.get()
    assert cited.before is None and cited.change["points"] == 45
    assert (cited.seen["quarter"], cited.seen["before"]["quarter"]) == (
        "October to December 2026",
        "April to June 2026",
    )
    shown = " ".join(client.get(reverse("insights:outcome", args=[decision.slug])).content.decode().split())
    assert "of 200 from April to June 2026 : a change of 45 in 100" in shown
    actions.publish_outcome(draft, by=colleague)
    assert list_ledger_problems() == []


def test_a_quarter_that_holds_or_precedes_the_decision_shows_nothing_that_came_of_it(
    draft, parks, planner, officer, colleague
):
    whole = made_release(parks[0], 2, date(2027, 1, 15), yes=150, lights=20, by=officer, colleague=colleague)
    add_quarters(whole, {"2026-q2": 60, "2026-q3": 90, "2026-q4": 150})

    def cite(question, before):
        actions.cite_answer(
            update=draft, by=planner, release=whole, question=question, option="yes", bearing="worked", before=before
        )

    with pytest.raises(ValidationError, match="began after the decision"):
        cite("2026-q3|q-a", Quarter(2026, 2))
    with pytest.raises(ValidationError, match="earlier quarter"):
        cite("2026-q4|q-a", Quarter(2026, 4))
    with pytest.raises(ValidationError, match="earlier quarter"):
        cite("q-a", Quarter(2026, 2))
    assert not OutcomeEvidence.objects.exists()

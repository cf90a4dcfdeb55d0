"""4.4: a decision with outcome "no" cannot be published without a reason and an alternative or "none"; what was learned is
found by theme and words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consultation.interface_text import get_text
from insights.decisions.actions import change_decision, publish_decision, record_decision
from insights.decisions.decision_rules import NEEDED_OF_A_NO
from insights.decisions.models import Decision
from insights.decisions.outcomes.models import OutcomeUpdate
from tests.insights.decisions.conftest import said
from tests.insights.decisions.tampering import for_a_moment
from tests.insights.workspace.lessons.test_learning_library import NO, lessons  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "lead-best-practice"


@pytest.mark.parametrize("missing", ["reason", "alternative"])
def test_a_no_is_public_with_a_reason_and_an_alternative_or_none(parks, officer, colleague, missing):
    made = record_decision(by=officer, consultations=[parks[0]], **said(**NO | {missing: ""}))
    with pytest.raises(ValidationError, match=NEEDED_OF_A_NO[missing]):
        publish_decision(decision=made, by=colleague)
    change_decision(decision=made, by=officer, **NO)
    publish_decision(decision=made, by=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(**{missing: ""})


def test_the_library_holds_what_worked_and_what_was_refused(client_as, holding, lessons):  # noqa: F811
    page = client_as("planner").get("/insights/learning/", {"q": "driver"}).content.decode()
    assert "A night bus" in page and "There is no driver." in page and "Lights on the main paths" not in page
    for helped, expected in (("worked", "Lights on the main paths"), ("not", get_text("choose.none"))):
        page = client_as("planner").get("/en/you-said-we-did/", {"helped": helped}).content.decode()
        assert expected in page and "There is no driver." not in page
    assert holding(POINT) >= {"worked", "refusals"}
    kept = ("decision", "outcomeupdate", "outcomeupdate_writers")  # the database itself refuses to delete these
    with for_a_moment(*(f"insights_{table}" for table in kept)):
        OutcomeUpdate.objects.all().delete()
        Decision.objects.filter(outcome="no").delete()
        assert not holding(POINT) & {"worked", "refusals"}

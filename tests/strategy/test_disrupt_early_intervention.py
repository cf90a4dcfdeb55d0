"""5.4 Before and after are linked by the code of a group, never by person."""

import pytest

from consultation.responses.models import Response
from consultation.responses.response_ids import derive_response_id
from consultation.surveys.answer_scales import GROUP_CODES
from insights.strategy.points.point_provisions import get_served_point
from tests import factories
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = pytest.mark.any_database
POINT = "disrupt-early-intervention"


def ask(home, *more):
    return evaluated.ask_rounds(home, "programme", [evaluated.item("no", AGREEMENT, points=[POINT]), *more])


def report(rounds):
    version = released.codebook(lights=[])
    reports = [evaluated.report(page, version) for page in rounds[:2]]
    for one, counts in zip(reports, ((6, 6, 12, 18, 18), (30, 24, 2, 2, 2)), strict=True):
        split = {"group": {"A": (60, counts), "B": (20, (4, 4, 4, 4, 4))}}
        evaluated.answer(one, "no", AGREEMENT, [counts[at] + 4 for at in range(5)], by=split)
    return reports


def test_before_and_after_are_linked_by_group(home, client_as):
    assert not get_served_point(POINT).holds
    rounds = ask(home, evaluated.group_question())
    reports = report(rounds)
    assert {one.versions.get().content["items"][1]["options"][0]["id"] for one in rounds} == {GROUP_CODES[0]}
    proof = get_served_point(POINT).provisions[0].proofs[0]
    page = client_as("planner").get(proof.url, {"by": "q-group"}).content.decode()
    assert '<th role="rowheader" scope="row" class="under">A</th>' in page and "pooled: B" in " ".join(page.split())
    reports[0].delete()
    assert not get_served_point(POINT).holds


def test_a_set_that_asks_for_no_group_code_is_no_proof(home):
    report(ask(home))
    assert not get_served_point(POINT).holds


def test_nothing_joins_a_person_of_one_round_to_the_next(home):
    """The same person, answering twice: other ids, and no other field that could be common to both."""
    rounds = ask(home, evaluated.group_question())
    factories.response(rounds[0].versions.get(), closed={"group": "0", "no": "1"})
    factories.response(rounds[1].versions.get(), closed={"group": "0", "no": "1"})
    before, after = Response.objects.order_by("version").values()
    common = {name for name in before if before[name] == after[name]}
    assert "id" not in common and derive_response_id(b"a" * 16) != derive_response_id(b"b" * 16)
    assert common <= {
        "language", "channel", "day", "closed", "link", "excluded_from_figures", "withdrawn", "counted", "may_quote",
        "leaving", "sealed_equality", "settled",
    }, "who answers alike twice is like everyone else who answers so"  # fmt: skip

"""Programs read published decisions, what came of them, and the strategy's coverage, as the pages say them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.api.models import Scope
from cms.staff.partner_access.actions import release_under_agreement
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.actions import record_decision
from insights.decisions.outcomes import actions as outcomes
from insights.decisions.outcomes.models import OutcomeEvidence
from insights.disclosure.rules_wording import CHANGED
from tests import factories
from tests.cms.api.test_api import asks, refused
from tests.insights.decisions.conftest import said

POINT = "understand-locations"


@pytest.mark.slow
def test_a_program_reads_a_decision_with_the_figures_that_were_seen(let_in, public, release):
    _, token = let_in("decisions", "themes")
    (listed,) = asks(token, "decisions").json()["items"]
    assert (listed["code"], listed["outcome"], listed["late"]) == (public.slug, "yes", False)
    assert [page["code"] for page in listed["consultations"]] == ["parks"]
    assert "evidence" not in listed
    told = asks(token, f"decisions/{public.slug}").json()
    seen = {one["code"]: (one["bearing"], one["release"], one["rows"][0]) for one in told["evidence"]}
    assert seen["lights"][:2] == ("supports", release.pk)
    assert (seen["lights"][2]["people"], seen["lights"][2]["hidden"]) == (50, False)
    assert seen["rare"][0] == "challenges"
    assert (seen["rare"][2]["people"], seen["rare"][2]["instead"]) == (None, "fewer than 10")
    assert told["numbers"] == CHANGED


def test_evidence_of_themes_needs_the_scope_of_themes(let_in, public):
    _, token = let_in("decisions")
    assert asks(token, f"decisions/{public.slug}").json()["evidence"] == []
    _, others = let_in("releases", "themes", "quotes")
    for path in ("decisions", f"decisions/{public.slug}", "outcomes", "coverage"):
        assert "may not read" in refused(asks(others, path), 403)


def test_a_draft_is_not_found_and_a_list_is_filtered_and_paged(let_in, planner, release):
    _, token = let_in("decisions")
    record_decision(by=planner, consultations=[release.consultation], **said(slug="a-draft"))
    refused(asks(token, "decisions/a-draft"), 404)
    assert asks(token, "decisions").json()["total"] == 0
    assert refused(asks(token, "decisions?page=2"), 404) == "There are 1 pages."


def test_a_list_of_decisions_is_of_one_consultation_and_not_sent_again(let_in, public):
    _, token = let_in("decisions")
    assert asks(token, "decisions?consultation=parks").json()["total"] == 1
    assert asks(token, "decisions?consultation=elsewhere").json()["total"] == 0
    first = asks(token, f"decisions/{public.slug}")
    assert asks(token, f"decisions/{public.slug}", **{"If-None-Match": first["ETag"]}).status_code == 304


@pytest.fixture
def draft(public, planner, release):
    type(release).objects.filter(pk=release.pk).update(made_on=timezone.localdate())
    release.refresh_from_db()
    type(public).objects.filter(pk=public.pk).update(decided=timezone.localdate() - timedelta(days=3))
    public.refresh_from_db()
    words = {"words": "It is not so dark now.", "easy": "It is not so dark."}
    made = outcomes.draft_outcome(decision=public, by=planner, verdict="partly", words=words)
    outcomes.cite_theme(
        update=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"), bearing="partly"
    )
    return made


@pytest.fixture
def outcome(draft, officer):
    return outcomes.publish_outcome(draft, by=officer)


def test_a_program_reads_what_came_of_a_decision(let_in, outcome, public):
    _, token = let_in("decisions", "themes")
    (told,) = asks(token, f"outcomes?decision={public.slug}").json()
    assert (told["decision"], told["verdict"], told["words"]) == (public.slug, "partly", "It is not so dark now.")
    (figure,) = told["evidence"]
    assert (figure["code"], figure["people"], figure["base"], figure["before"]) == ("lights", 50, 80, None)
    assert asks(token, "outcomes?decision=elsewhere").json() == []
    _, without = let_in("decisions")
    assert asks(without, "outcomes").json()[0]["evidence"] == []


def test_a_program_reads_no_change_from_a_release_that_the_later_one_contains(let_in, draft, officer, release):
    """An earlier version stored such changes; no page shows them any more."""
    kept = draft.evidence.get()
    share = {"people": 20, "base": 60, "percent": 33, "low": 20, "high": 50}
    seen = kept.seen | {"before": share, "change": {"points": 29, "low": 10, "high": 48}}
    OutcomeEvidence.objects.filter(pk=kept.pk).update(
        seen=seen, before=release, theme=None, question="q-a", option="yes"
    )
    outcomes.publish_outcome(draft, by=officer)
    _, token = let_in("decisions", "themes")
    (figure,) = asks(token, "outcomes").json()[0]["evidence"]
    assert (figure["before"], figure["change"]) == (None, None)


def test_an_outcome_that_waits_for_its_second_person_is_not_read(let_in, public, planner):
    outcomes.draft_outcome(decision=public, by=planner, verdict="not", words={"words": "It did not help.", "easy": ""})
    _, token = let_in("decisions")
    assert asks(token, "outcomes").json() == []


@pytest.fixture
def linked(release):
    ThemeEntry.objects.filter(theme__slug="lights").update(links=[{"strand": 1, "sub_point": POINT}])
    type(release).objects.filter(pk=release.pk).update(published_on=timezone.localdate())
    return release


def test_a_program_reads_what_was_heard_of_each_point(let_in, linked, public):
    _, token = let_in("coverage")
    told = asks(token, "coverage").json()
    place = next(
        one for one in told["places"] if (one["sub_point"], one["audience"]) == (POINT, linked.consultation.audience)
    )
    assert (place["people"], place["gap"], place["decisions"]) == (50, False, 1)
    assert told["numbers"] == CHANGED
    others = [one for one in told["places"] if one["sub_point"] != POINT]
    assert len(told["places"]) == 34 * 5
    assert all(one["gap"] and one["people"] is None for one in others)


def test_coverage_leaves_out_a_release_for_another_agency(let_in, linked, officer):
    today = timezone.localdate()
    other = factories.agreement(agency=factories.agency("Other trust"), starts=today, ends=today + timedelta(days=9))
    release_under_agreement(release=linked, agreement=other, by=officer)
    _, token = let_in("coverage")
    assert all(one["gap"] for one in asks(token, "coverage").json()["places"])


def test_the_documentation_is_a_page_of_the_document_for_everyone(home, client_as):
    shown = Client().get(reverse("api-documentation"))
    html = shown.content.decode()
    assert (shown.status_code, shown["Content-Type"].partition(";")[0], shown.cookies) == (200, "text/html", {})
    document = Client().get("/api/v1/openapi.json").json()
    for path, operations in document["paths"].items():
        assert f"<code>GET {path}</code>" in html
        assert operations["get"]["summary"] in html
    for name in document["components"]["schemas"]:
        assert f'id="t-{name.removesuffix("Schema")}"' in html
    assert all(str(scope.label) in html for scope in Scope)
    assert "“fewer than 5" in html or "nearly all" in html
    assert "<script" not in html
    assert "//" not in html.replace("<!doctype", "").replace("http://www.w3.org", "")
    assert (
        f'href="{reverse("api-documentation")}"'
        in client_as("administrator").get("/staff/people/programs/").content.decode()
    )

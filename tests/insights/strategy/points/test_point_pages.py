"""The page of a point: what is missing, decided, owned and offered; and who may know of which rows."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import escape

from consultation.domain import strategy_points
from consultation.strategy_provisions import Proof, Provision, list_provisions, provides_for, provisions_asked
from insights.strategy.points import point_provisions
from tests import factories

POINT = "understand-locations"


@pytest.fixture
def provided(db):
    """Calling it connects a provision of POINT with these rows, until the test ends."""
    connected = []

    def connect(key, rows=(), **more):
        def answer(sender, **kwargs):
            return Provision(POINT, key, f"Provision {key}", lambda: [Proof(*row) for row in rows], **more)

        provisions_asked.connect(answer, weak=False)
        connected.append(answer)

    receivers, provisions_asked.receivers = provisions_asked.receivers, []
    provisions_asked.sender_receivers_cache.clear()
    yield connect
    for answer in connected:
        provisions_asked.disconnect(answer)
    provisions_asked.receivers = receivers


def row():
    return Permission.objects.first(), "Where feels safe?", "/insights/consultations/"


def test_a_point_without_provisions_does_not_hold(provided):
    assert not any(point.holds for point in point_provisions.list_served_points())


def test_a_point_holds_while_each_of_its_provisions_has_a_row(provided):
    provided("asked", [row()])
    assert point_provisions.get_served_point(POINT).holds
    provided("decided")
    assert not point_provisions.get_served_point(POINT).holds


def test_the_page_links_rows_and_offers_to_start_what_is_missing(client, provided):
    provided("asked", [row()])
    provided("decided", start="insights:decisions", may_start="insights.draft_decision")
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    html = client.get(reverse("insights:point", args=[POINT])).content.decode()
    assert 'href="/insights/consultations/">Where feels safe?' in " ".join(html.split())
    assert "Not in use yet: Provision decided" in html
    assert f"<p>{escape(strategy_points.offer_by_sub_point()[POINT])}</p>" in html
    assert "with: Provision decided" not in html  # this planner may not record decisions
    client.force_login(factories.staff("q@example.org", "insights.view_reports", "insights.draft_decision"))
    assert "with: Provision decided" in client.get(reverse("insights:point", args=[POINT])).content.decode()


@pytest.mark.parametrize(
    "opens_with", ["insights.draft_decision", lambda user: user.has_perm("insights.draft_decision")]
)
def test_a_row_is_linked_for_whoever_may_open_it_and_named_for_others(client, provided, opens_with):
    provided("asked", [row()], opens_with=opens_with)
    for name, linked in (("insights.draft_decision", True), ("insights.export", False)):
        client.force_login(factories.staff(f"{name}@example.org", "insights.view_reports", name))
        html = client.get(reverse("insights:point", args=[POINT])).content.decode()
        assert "Where feels safe?" in html and (">Where feels safe?</a>" in html) == linked, name


def test_provisions_that_are_listed_together_load_once(provided):
    loaded = []

    def load():
        loaded.append(1)
        return [row()]

    for key in ("one", "two"):
        provides_for(POINT, key, key, over=load)(lambda rows: [Proof(*one) for one in rows])
    assert [len(one.proofs) for one in list_provisions()] == [1, 1] and len(loaded) == 1
    assert all(one.holds for one in list_provisions()) and len(loaded) == 2, "of the next list it is looked up anew"


def test_a_planner_is_not_told_whether_rows_of_leads_exist(client, provided):
    """Planners never see that there are triaged answers (D8): a page with and one without them are the same."""
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    provided("asked", [row()])
    pages = [client.get(reverse("insights:point", args=[POINT])).content]
    provided("case", [row()], seen_with="consultation.see_triage")
    pages.append(client.get(reverse("insights:point", args=[POINT])).content)
    assert pages[0] == pages[1]
    assert b"Provision case" not in pages[1]


def test_the_command_prints_34_rows(provided):
    provided("asked", [row()])
    told = json.loads(_run("--json"))["points"]
    assert [one["slug"] for one in told] == list(strategy_points.text_by_sub_point())
    assert [one["slug"] for one in told if one["holds"]] == [POINT]
    assert {one["page"] for one in told} == {f"/insights/strategy/{one['slug']}/" for one in told}
    assert all(one["check"] for one in told)
    assert "1 of 34 points are in use." in _run()
    provided("case", [row()], seen_with="consultation.see_triage")
    assert "Provision case: told on its page to those who may know" in _run()


def test_the_command_tells_each_points_check_and_names_its_test(provided):
    told = _run()
    for point in point_provisions.list_served_points():
        assert f"Check: {point.check} ({point.test})" in told
        assert (settings.BASE_DIR / point.test).read_text(encoding="utf-8").startswith(f'"""{point.number}'), (
            point.test
        )


@pytest.mark.slow
def test_the_command_runs_the_test_of_each_check(provided, settings, tmp_path, monkeypatch):
    passing, failing, absent, skipping = point_provisions.list_served_points()[:4]
    skipped = "True\n\n\ndef test_more():\n    import pytest\n\n    pytest.skip('a program is missing')"
    for point, asserted in ((passing, "True"), (failing, "False"), (skipping, skipped)):
        (tmp_path / point.test).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / point.test).write_text(f"def test_check():\n    assert {asserted}\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(settings.BASE_DIR))
    settings.BASE_DIR = tmp_path
    assert f"Check passed: {passing.check}" in _run("--test", passing.slug)
    assert f"Check: {passing.check}" in _run(passing.slug)
    out = StringIO()
    with pytest.raises(CommandError, match=f"2 of 3 points failed: {', '.join(sorted([failing.slug, absent.slug]))}"):
        call_command("strategy", "--test", passing.slug, failing.slug, absent.slug, stdout=out)
    for outcome in (f"passed: {passing.check}", f"failed: {failing.check}", f"failed: {absent.check}"):
        assert f"Check {outcome}" in out.getvalue()
    with pytest.raises(CommandError, match=f"1 of 1 points failed: {skipping.slug}"):
        call_command("strategy", "--test", skipping.slug, stdout=out)
    with pytest.raises(CommandError, match="No point of the strategy is called flying"):
        _run("flying")
    settings.BASE_DIR = tmp_path / "installed"
    with pytest.raises(CommandError, match="in a checkout"):
        _run("--test")


def _run(*options):
    out = StringIO()
    call_command("strategy", *options, stdout=out)
    return out.getvalue()


def test_the_list_of_points_and_the_old_address(client, provided):  # provided: none
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    html = client.get(reverse("insights:points")).content.decode()
    assert html.count("What is in use is told to those who may know") == 34
    assert client.get(f"/insights/coverage/{POINT}/").headers["Location"] == f"/insights/strategy/{POINT}/"

"""A small number never gives a child away, on every way out (promise 5).

Two worlds differ in hidden numbers alone; a planner opens every page of both, and no byte and no number of queries
differs. They differ where small numbers are shown. Noise is off, since it would differ between the worlds anyhow; what
a solver finds in numbers with noise is attacked in tests/insights/disclosure.
"""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation import handover
from consultation.domain.calendar_quarters import Quarter
from consultation.domain.process_cache import clear_all_caches
from consultation.responses.models import Response
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from insights.disclosure import PRESETS, DisclosureRules, Preset
from insights.publications import actions as results
from insights.releases import released_quotes
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.house.planners_crawl import ROOMS, Page, crawl
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
OFF = DisclosureRules(perturb=True, threshold=0, min_base=1, min_group=1, round_to=1)


class Undo(Exception):
    pass


@pytest.fixture
def world(answered, officer, colleague, person, client, monkeypatch):  # noqa: F811
    """look(change): publish a release of a world with few hidden answers, and with this change of them, and crawl it."""
    in_order = SimpleNamespace(
        SystemRandom=lambda: SimpleNamespace(shuffle=lambda rows: rows.sort(key=lambda t: t.text))
    )
    monkeypatch.setattr(released_quotes, "secrets", in_order)
    monkeypatch.setattr(random, "shuffle", lambda rows: None)
    client.force_login(person("planner"))

    def look(change=None, rooms=ROOMS):
        clear_all_caches()  # each world has a release of the same number, whose charts a process keeps
        found = {}
        quarter = Quarter.of(timezone.localdate())
        for _ in range(4):  # remembered for an hour, and no figure of a release
            handover.get_cached_read_share(quarter)
            quarter = quarter.before
        kept = [model for model in apps.get_models() if model._meta.managed]
        with connection.cursor() as cursor:  # PostgreSQL's counters do not roll back, and keys are part of addresses
            for sql in connection.ops.sequence_reset_sql(no_style(), kept):
                cursor.execute(sql)
        try:
            with transaction.atomic():
                hide_few_answers()
                if change:
                    change(answered)
                release = publish_release(release=create_release(consultation=answered, by=officer), by=colleague)
                samples = {"slug": answered.slug, "question": "q-a", "pk": release.pk, "IntConverter": release.pk}
                found = crawl(client, samples, rooms)
                if rooms == ROOMS:
                    found |= outside(release, colleague, officer)
                raise Undo
        except Undo:
            return found

    return look


def hide_few_answers():
    """Four people without an answer instead of five, and one who chose "Cameras": all fewer than five."""
    one = Response.objects.filter(closed__a="dk").order_by("pk").first()
    one.closed["a"] = "1"
    one.save(update_fields=["closed"])
    choose_cameras(1)


def choose_cameras(people):
    without = [one for one in Response.objects.order_by("pk") if "3" not in one.closed["b"]]
    for response in without[:people]:
        response.closed["b"] = [*response.closed["b"], "3"]
        response.save(update_fields=["closed"])


def other_hidden_numbers(page):
    """Change hidden numbers alone: two of the four "don't know" answers become "don't want to say"; three more people
    choose "Cameras"; two more speak of the rare theme; and three speakers of shown themes forbid quoting."""
    for response in Response.objects.filter(closed__a="dk").order_by("pk")[:2]:
        response.closed["a"] = "na"
        response.save(update_fields=["closed"])
    choose_cameras(3)
    rare = Theme.objects.get(slug="rare")
    for code in Code.objects.by_people().filter(theme__slug="lights").order_by("text__text")[:2]:
        code.pk, code.theme = None, rare
        code.save()
    assert len(set(current_codes_by_theme(page)[rare.pk].values())) == 6
    Text.objects.filter(text__in=["lights number 48", "lights number 49", "staff number 75"]).update(quotable=False)


def outside(release, *people):
    """The public pages and a partner's API."""
    one, other = people
    edition = results.begin_results(release=release, by=one)
    results.write_results(edition, by=one, words={"heard": "Dark.", "heard_easy": "Dark.", "next": "", "themes": {}})
    results.publish_results(edition, by=other)
    admin = factories.staff("admin@example.org", "consultation.manage_users")
    until = timezone.localdate() + timedelta(days=9)
    factories.agreement(agency=factories.agency("Riverside"), starts=timezone.localdate(), ends=until)
    scopes = ["releases", "themes", "quotes"]
    _, token = factories.api_client(
        name="Board", agency=factories.agency("Riverside"), scopes=scopes, expires_on=until, by=admin
    )
    of, stranger = f"/api/v1/releases/{release.pk}", Client()
    paths = ["/api/v1/releases", of, *(f"{of}/{part}" for part in ("figures", "themes", "quotes"))]
    found = {}
    for path in (*paths, "/en/have-your-say/parks/results/"):
        headers = {"Authorization": f"Bearer {token}"} if path.startswith("/api/") else {}
        with CaptureQueriesContext(connection) as asked:
            reply = stranger.get(path, headers=headers)
        assert reply.status_code == 200, path
        found[path] = Page(path, reply.content.decode(), [query["sql"] for query in asked.captured_queries])
    return found


def differences(one, other):
    """Pages that differ between the two worlds, in words or in queries."""
    paths = {path for path in one.keys() | other.keys() if path not in one or path not in other}
    return paths | {
        path
        for path in one.keys() & other.keys()
        if one[path].words != other[path].words or len(one[path].queries) != len(other[path].queries)
    }


def test_no_page_tells_hidden_numbers(world):
    first, again = world(), world(other_hidden_numbers)
    assert len(first) > 12
    for part in ("/insights/releases/", "/insights/consultations/", "figures.csv", "/figures", "/results/"):
        assert any(part in path for path in first), part
    assert differences(first, again) == set()
    reads_people = {path for path in first for sql in first[path].queries if 'FROM "consultation_response"' in sql}
    assert reads_people == set(), "figures are looked up, never counted while somebody waits"


def test_the_crawl_finds_them_when_small_numbers_are_shown(world, monkeypatch):
    monkeypatch.setitem(PRESETS, "default", Preset("default", "Off", "For nobody.", OFF))
    first, other = (world(change, "/insights/releases/") for change in (None, other_hidden_numbers))
    assert {path for path in differences(first, other) if "figures.csv" in path}
    assert {path for path in differences(first, other) if path.endswith("/")}

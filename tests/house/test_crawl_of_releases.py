"""A small number never gives a child away, on every way out (promise 5).

Two worlds differ in hidden numbers alone; a planner opens every page of both, and no byte and no number of queries
differs. A solver that reads all numbers off the pages bounds no small one. Both attacks succeed when suppression is
switched off.
"""

import random
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.api.actions import create_api_client
from consultation import handover
from consultation.domain.calendar_quarters import Quarter
from consultation.responses.models import Response
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from insights.disclosure import PRESETS, DisclosureRules, Preset
from insights.publications import actions as results
from insights.releases import released_quotes
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.house.planners_crawl import PEOPLE, ROOMS, Page, bounds, crawl, numbers_of
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
OFF = DisclosureRules(threshold=0, min_base=1, round_to=1, hide_zeros=False, hide_near_whole=False, secondary=False)
QUESTION = ["Yes", "No", "I don’t know", "I don’t want to say"]
LEAST = 10


class Undo(Exception):
    pass


@pytest.fixture
def world(answered, officer, colleague, person, client, monkeypatch):  # noqa: F811
    """look(hidden): publish a release of a world with this number of hidden answers, and crawl it."""
    in_order = SimpleNamespace(
        SystemRandom=lambda: SimpleNamespace(shuffle=lambda rows: rows.sort(key=lambda t: t.text))
    )
    monkeypatch.setattr(released_quotes, "secrets", in_order)
    monkeypatch.setattr(random, "shuffle", lambda rows: None)
    client.force_login(person("planner"))

    def look(change=None, rooms=ROOMS):
        found = {}
        quarter = Quarter.of(timezone.localdate())
        for _ in range(4):  # remembered for an hour, and no figure of a release
            handover.recall_read_share(quarter)
            quarter = quarter.before
        kept = [model for model in apps.get_models() if model._meta.managed]
        with connection.cursor() as cursor:  # PostgreSQL's counters do not roll back, and keys are part of addresses
            for sql in connection.ops.sequence_reset_sql(no_style(), kept):
                cursor.execute(sql)
        try:
            with transaction.atomic():
                if change:
                    change(answered, officer)
                release = publish_release(release=create_release(consultation=answered, by=officer), by=colleague)
                samples = {"slug": answered.slug, "question": "q-a", "pk": release.pk, "IntConverter": release.pk}
                found = crawl(client, samples, rooms)
                if rooms == ROOMS:
                    found |= outside(release, colleague, officer)
                raise Undo
        except Undo:
            return found

    return look


def other_hidden_numbers(page, officer):  # noqa: F811
    """Change hidden numbers alone: two of the five "don't know" answers become "don't want to say"; two more people
    speak of the rare theme, one more of lights, of which 50 are shown; and three speakers of shown themes forbid
    quoting."""
    for response in Response.objects.filter(closed__a="dk").order_by("pk")[:2]:
        response.closed["a"] = "na"
        response.save(update_fields=["closed"])
    rare = Theme.objects.get(slug="rare")
    lights = Code.objects.by_people().filter(theme__slug="lights").order_by("text__text")[:2]
    for code in lights:
        code.pk, code.theme = None, rare
        code.save()
    assert len(set(current_codes_by_theme(page)[rare.pk].values())) == 6
    more = Code.objects.by_people().filter(theme__slug="staff").order_by("text__text").last()
    more.pk, more.theme = None, Theme.objects.get(slug="lights")
    more.save()
    Text.objects.filter(text__in=["lights number 48", "lights number 49", "staff number 75"]).update(quotable=False)


def outside(release, *people):
    """The public pages and a partner's API."""
    one, other = people
    edition = results.begin_results(release=release, by=one)
    results.write_results(
        results=edition, by=one, words={"heard": "Dark.", "heard_easy": "", "next": "", "themes": {}}
    )
    results.publish_results(results=edition, by=other)
    admin = factories.staff("admin@example.org", "consultation.manage_users")
    until = timezone.localdate() + timedelta(days=9)
    Agreement.objects.create(agency=factories.agency("Riverside"), starts=timezone.localdate(), ends=until)
    scopes = ["releases", "themes", "quotes"]
    _, token = create_api_client(
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


def exposed(pages, truth):
    """Labels whose small number the solver bounds to fewer than ten values, from all pages together."""
    seen = {label: set().union(*(numbers_of(page, label) for page in pages.values())) for label in truth}
    wholes = [int(n.replace(",", "")) for page in pages.values() for n in PEOPLE.findall(page.body)]
    found = bounds(seen, max(wholes, default=None), list(truth))
    small = {label for label, count in truth.items() if count < LEAST}
    lonely = {label for label in small if seen[label] & {truth[label]}}
    narrow = {label for label in small & found.keys() if np.ptp(found[label]) + 1 < LEAST}
    return lonely | narrow


TRUTH = dict(zip(QUESTION, (70, 45, 5, 0), strict=True))


def test_no_page_tells_hidden_numbers(world):
    first, again = world(), world(other_hidden_numbers)
    assert len(first) > 12
    for part in ("/insights/releases/", "/insights/consultations/", "figures.csv", "/figures", "/results/"):
        assert any(part in path for path in first), part
    assert differences(first, again) == set()
    assert exposed(first, TRUTH) == set()
    reads_people = {path for path in first for sql in first[path].queries if 'FROM "consultation_response"' in sql}
    assert reads_people == set(), "figures are looked up, never counted while somebody waits"


def test_the_crawl_finds_them_when_suppression_is_off(world, monkeypatch):
    monkeypatch.setitem(PRESETS, "default", Preset("default", "Off", "For nobody.", OFF))
    first, other = (world(change, "/insights/releases/") for change in (None, other_hidden_numbers))
    assert {path for path in differences(first, other) if "figures.csv" in path}
    assert {path for path in differences(first, other) if path.endswith("/")}
    assert {"I don’t know"} <= exposed(first, TRUTH)

"""`python -m tests.benchmarks.trace_visits DECISIONS`: a planner's visits to trace pages, on a migrated database in
a process of its own. Prints JSON."""

import json
import random
import sys
import time

import django

django.setup()

from datetime import date, timedelta  # noqa: E402
from urllib.parse import urljoin  # noqa: E402

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cms.accounts.roles import sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.domain.strategy_points import strand_by_sub_point  # noqa: E402
from insights.coding.codebooks import approve_version, load_codebook  # noqa: E402
from insights.coding.models import Theme  # noqa: E402
from insights.decisions.agencies.models import ActionItem, Agency  # noqa: E402
from insights.decisions.ledger.ledger_verification import list_ledger_problems  # noqa: E402
from insights.decisions.ledger_entries import hash_decision_content  # noqa: E402
from insights.decisions.models import Citation, Decision, DecisionOutcome, LedgerEntry  # noqa: E402
from insights.releases.models import Figure, Quote, Release  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.large_consultation import member  # noqa: E402

CONSULTATIONS, RELEASES, THEMES = 10, 4, 30
QUOTES = 100  # for each decision
LAPS = 5


def fill(home, planner, officer, count):
    chance = random.Random(5)
    themes = [{"slug": f"theme-{n}", "label": f"Theme {n}", "definition": "What people said"} for n in range(THEMES)]
    codebook = load_codebook(slug="trace", name="Trace", themes=themes, by=officer)
    for person in (officer, member("colleague", "engagement_officer")):
        approve_version(version=codebook, by=person)
    items = [factories.question("a", "long_text"), factories.question("b", "long_text")]
    versions = [
        factories.consultation(home, slug=f"crowd-{n}", title=f"Crowd {n}", items=items)[1]
        for n in range(CONSULTATIONS)
    ]
    releases = [_release(version, codebook, number) for version in versions for number in range(1, RELEASES + 1)]
    pages = {version.page_id: version for version in versions}
    quotes = _quotes(count * QUOTES, releases, list(codebook.codebook.themes.all()), pages, chance)
    _decide(count, planner, officer, quotes, codebook, chance)


def _release(version, codebook, number):
    day = date(2026, 1, 1) + timedelta(days=40 * number)
    release = Release.objects.create(
        consultation=version.page, number=number, codebook_version=codebook, status="published", people=100_000,
        made_on=day, published_on=day,
    )  # fmt: skip
    rows = [{"id": str(theme.pk), "label": theme.slug, "value": 1000, "symbol": "", "percent": 1, "low": 1, "high": 2}
            for theme in codebook.codebook.themes.all()]  # fmt: skip
    table = {"base": 100_000, "several": True, "columns": [], "column_totals": [], "rows": rows}
    Figure.objects.create(release=release, kind="themes", key="all", title="Themes", table=table)
    return release


def _quotes(number, releases, themes, versions, chance):
    rows = [
        Quote(release=releases[n % len(releases)], theme=themes[n // len(releases) % THEMES],
              question=chance.choice(("q-a", "q-b")), version=versions[releases[n % len(releases)].consultation_id],
              audience="children-young-people", text=f"These are some words of somebody, number {n}.",
              featured=n < 3 * THEMES * len(releases))
        for n in range(number)
    ]  # fmt: skip
    return Quote.objects.bulk_create(rows, batch_size=2000)


def _decide(count, planner, officer, quotes, codebook, chance):
    points, agencies = (
        list(strand_by_sub_point().items()),
        [Agency.objects.create(name=f"Agency {n}", slug=f"agency-{n}") for n in range(12)],
    )
    for n in range(count):
        point, strand = chance.choice(points)
        made = Decision.objects.create(
            slug=f"decision-{n}",
            title=f"Decision {n} about something that people said",
            we_asked="What?",
            you_said="That.",
            outcome=chance.choice(DecisionOutcome.values),
            we_did="This.",
            reason="Because.",
            alternative="none",
            lead_role="A lead",
            agency=f"Agency {n % 12}",
            decided=date(2026, 3, 1) + timedelta(days=n % 200),
            status="published",
            created_by=planner,
            published_by=officer,
            published_on=date(2026, 12, 1),
            links=[{"strand": strand, "sub_point": point}],
        )
        ActionItem.objects.create(decision=made, agency=agencies[(n + 5) % 12], what="A part of it.")
        cited = {(quote.release_id, quote.theme_id): quote for quote in chance.sample(quotes, 4)}.values()
        made.consultations.set({quote.release.consultation_id for quote in cited})
        Citation.objects.bulk_create(_citations(made, cited, codebook, chance))
        LedgerEntry.objects.append(
            day="2026-12-01",
            actor="",
            verb="published",
            decision=made.slug,
            data={"content": hash_decision_content(made)},
        )


def _citations(made, cited, codebook, chance):
    for quote in cited:
        yield Citation(
            decision=made, release=quote.release, theme_id=quote.theme_id, codebook_version=codebook, quote=quote,
            question=quote.question, bearing=chance.choice(("supports", "supports", "challenges")),
            seen={"label": f"Theme {quote.theme_id}", "people": 1000, "symbol": ""},
        )  # fmt: skip


def addresses(chance):
    """Some of every kind."""
    cited = list(Citation.objects.values_list("quote_id", flat=True))
    points = sorted(
        {link["sub_point"] for links in Decision.objects.values_list("links", flat=True) for link in links}
    )
    slugs = list(Decision.objects.order_by("pk").values_list("slug", flat=True))
    yield from (("decision", f"decision/{chance.choice(slugs)}/") for _ in range(8))
    yield from (("theme", f"theme/{pk}/") for pk in Theme.objects.values_list("pk", flat=True)[:8])
    yield from (("words", f"words/{pk}/") for pk in chance.sample(cited, 4))
    yield from (("words", f"words/{pk}/") for pk in Quote.objects.order_by("-pk").values_list("pk", flat=True)[:4])
    yield from (("question", f"question/crowd-{n}/q-{key}/") for n in range(4) for key in "ab")
    yield from (("consultation", f"consultation/crowd-{n}/") for n in range(8))
    yield from (("point", f"point/{slug}/") for slug in points[:8])
    yield from (("agency", f"agency/agency-{n}/") for n in range(8))
    yield from (("board", "/insights/board/"), ("home", "/insights/"))
    yield from (
        ("narrowed", f"consultation/crowd-{n}/?outcome=no&bearing=challenges&depth=3&page=2") for n in range(8)
    )


def lap(client, path):
    began, busy = time.perf_counter(), time.process_time()
    assert client.get(path).status_code == 200, path
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def main(count):
    home = ensure_site()
    sync_roles()
    officer, planner = member("officer", "engagement_officer"), member("planner", "planner")
    with transaction.atomic():
        fill(home, planner, officer, count)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    client, found = Client(headers={"host": "127.0.0.1"}), {}
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/insights/trace/agency/agency-0/")
    for kind, path in addresses(random.Random(6)):
        best = min(lap(client, urljoin("/insights/trace/", path)) for _ in range(LAPS))
        found.setdefault(kind, []).append(best)
    report = {
        kind: {
            "worst_ms": round(max(wall for wall, _ in laps), 1),
            "worst_own_cpu_ms": round(max(cpu for _, cpu in laps), 1),
        }
        for kind, laps in found.items()
    }
    with CaptureQueriesContext(connection) as captured:
        client.get("/insights/trace/consultation/crowd-0/")
    began = time.perf_counter()
    list_ledger_problems()
    return report | {
        "decisions": count, "citations": Citation.objects.count(), "quotes": count * QUOTES, "queries": len(captured),
        "verify_ledger_ms": round((time.perf_counter() - began) * 1000),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

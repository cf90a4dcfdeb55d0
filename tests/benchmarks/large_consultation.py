"""`python -m tests.benchmarks.large_consultation PEOPLE`: a large consultation, its release and its report page, timed on a
migrated database in a process of its own. Prints JSON."""

import json
import random
import subprocess
import sys
import tempfile
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.accounts.roles import ROLES, sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.responses.models import Response  # noqa: E402
from insights.coding.codebooks import approve_version, load_codebook  # noqa: E402
from insights.coding.confirmation.actions import draw_confirmation_sample  # noqa: E402
from insights.coding.desk.actions import confirm_codes  # noqa: E402
from insights.coding.models import Code, CodeSource  # noqa: E402
from insights.corpus.models import Text  # noqa: E402
from insights.decisions.actions import cite_theme, publish_decision, record_decision  # noqa: E402
from insights.releases.actions import publish_release  # noqa: E402
from insights.releases.chosen_quotes.arrangement import arrange_waiting_quotes  # noqa: E402
from insights.releases.release_builder.actions import order_release  # noqa: E402
from insights.releases.release_builder.release_worker import run_order  # noqa: E402
from insights.summaries.actions import fingerprint_lines, lines_of, sign_summary  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.large_report import large_release, pdf_seconds  # noqa: E402
from tests.benchmarks.peers.questions import QUESTIONS  # noqa: E402
from tests.insights.decisions.conftest import said  # noqa: E402

NAMES = ("lights", "buses", "staff", "parks", "noise", "cameras", "shops", "trust")
THEMES = [
    {"slug": name, "label": name.title(), "definition": f"What people say about {name}", "examples": [f"more {name}"]}
    for name in NAMES
]
WORDY = 10  # one person in so many writes a text, which is cleared and has one or two themes


def member(name, *roles):
    """The same person again where another part of a benchmark has made them."""
    email = f"{name}@example.org"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, "a long enough password")
    user.groups.set(Group.objects.get(name=ROLES[role].name) for role in roles)
    return user


def survey(home, slug="crowd"):
    items = [
        factories.question(str(n), "multiple" if many else "single", choices, text={"en": f"{text}?"})
        for n, (text, many, choices) in enumerate(QUESTIONS, start=1)
    ]
    items[8]["about_you"] = "age"
    return factories.consultation(home, slug=slug, title="Ten questions", items=items)


def closed(chance):
    return {
        str(n): chance.sample([str(k) for k in range(1, len(choices) + 1)], 2) if many else str(chance.randint(1, 4))
        for n, (_, many, choices) in enumerate(QUESTIONS, start=1)
    }


def answers(version, people, codebook):
    chance, themes = random.Random(1), list(codebook.entries.values_list("theme_id", flat=True))
    for start in range(0, people, 5000):
        rows = [
            Response(version=version, language="en", day=factories.DAY, closed=closed(chance))
            for _ in range(min(5000, people - start))
        ]
        Response.objects.bulk_create(rows)
        words(rows[::WORDY], version, codebook, themes, chance)


def words(people, version, codebook, themes, chance):
    texts = [
        Text(
            respondent=person.pk,
            version=version,
            question="q-words",
            language="en",
            audience="children-young-people",
            text=f"More {chance.choice(NAMES)}, please, and soon.",
        )
        for person in people
    ]
    Text.objects.bulk_create(texts)
    Code.objects.bulk_create(
        Code(text=text, theme_id=theme, version=codebook, source=CodeSource.MODEL, confidence=0.9)
        for text in texts
        for theme in chance.sample(themes, chance.randint(1, 2))
    )


def read_a_sample(page, by):
    """People read the sample by which a release corrects its themes, so that they have numbers and quotes."""
    drawn = draw_confirmation_sample(consultation=page, half_width=5, by=by)
    themes = {entry.label.lower(): entry.theme for entry in drawn.version.entries.select_related("theme")}
    for text in Text.objects.of(page).filter(draw__lt=drawn.below):
        confirm_codes(text=text, themes=[themes[name] for name in NAMES if name in text.text], by=by)


def decide(page, release, by, second):
    """A published decision that cites the first theme with its words, and the report's first lines, signed."""
    quote = release.quotes.select_related("theme").first()
    decision = record_decision(by=by, consultations=[page], **said())
    cite_theme(decision=decision, by=by, release=release, theme=quote.theme, quote=quote)
    publish_decision(decision=decision, by=second)
    sign_summary(release=release, by=second, seen=fingerprint_lines(lines_of(release)))


def group_by_ms(version):
    """The same counts of one question by another, asked of the database itself."""
    value = "json_extract(closed, '$.{}')" if connection.vendor == "sqlite" else "closed->>'{}'"
    began = time.perf_counter()
    with connection.cursor() as cursor:
        columns = f"{value.format(1)}, {value.format(9)}"
        cursor.execute(
            f"SELECT {columns}, count(*) FROM consultation_response WHERE version_id = %s GROUP BY {columns}",
            [version.pk],
        )
        assert len(cursor.fetchall()) == 16
    return round((time.perf_counter() - began) * 1000, 1)


def duckdb_ms(page):
    """The same of DuckDB, the fastest of its kind in one process, with the two columns in its own memory: best of five.
    None where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    chosen = [
        (closed["1"], closed["9"]) for closed in Response.objects.of(page).values_list("closed", flat=True).iterator()
    ]
    with duckdb.connect() as db, tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as sheet:
        sheet.writelines(f"{one},{nine}\n" for one, nine in chosen)
        sheet.flush()
        db.execute("CREATE TABLE answers AS SELECT * FROM read_csv(?, names=['one', 'nine'])", [sheet.name])
        laps = []
        for _ in range(5):
            began = time.perf_counter()
            assert len(db.execute("SELECT one, nine, count(*) FROM answers GROUP BY one, nine").fetchall()) == 16
            laps.append((time.perf_counter() - began) * 1000)
    return round(min(laps), 2)


def visits(planner, paths):
    """What `visits` measures in a web process of its own, for someone who is signed in."""
    client = Client()
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    command = [sys.executable, "-m", "tests.benchmarks.first_visits", cookie, *paths]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main(people):
    home = ensure_site()
    sync_roles()
    officer, planner = member("officer", "engagement_officer"), member("planner", "planner")
    colleague = member("colleague", "engagement_officer")
    page, version = survey(home)
    codebook = load_codebook(slug=page.codebook, name="Seed", themes=THEMES, by=officer)
    for two_people in (officer, colleague):
        approve_version(version=codebook, by=two_people)
    answers(version, people, codebook)
    read_a_sample(page, officer)
    release, seconds = made_by_a_worker(page, officer)
    arrange_waiting_quotes()
    publish_release(release=release, by=colleague)
    decide(page, release, planner, colleague)
    pages = [
        "/insights/",
        "/insights/consultations/crowd/",
        f"/insights/releases/{release.pk}/",
        f"/insights/releases/{release.pk}/themes/lights/",
        f"/insights/releases/{release.pk}/figures.csv",
        f"/insights/compare/?release={release.pk}",
    ]
    return {
        **visits(planner, pages),
        "release_seconds": seconds,
        "pdf_seconds": pdf_seconds(large_release(home, officer, colleague), by=planner),
        "group_by_ms": group_by_ms(version),
        "duckdb_ms": duckdb_ms(page),
        "people": people,
    }


def made_by_a_worker(page, officer):
    """What an officer asks for and a worker makes: (release, seconds)."""
    reverse("insights:releases")  # a worker has the addresses of its mails already, which takes a second
    order = order_release(consultation=page, preset="default", by=officer)
    began = time.perf_counter()
    run_order(order)
    seconds = round(time.perf_counter() - began, 2)
    assert order.release is not None, order.why_not
    return order.release, seconds


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

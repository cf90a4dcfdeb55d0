"""`python -m tests.benchmarks.text_searches TEXTS`: searches in many cleared answers and in a release of them, on a migrated
database in a process of its own. Prints JSON."""

import json
import random
import sys
import time
import uuid

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from cms.accounts.roles import sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from insights.coding.codebooks import approve_version, load_codebook  # noqa: E402
from insights.corpus.models import Text  # noqa: E402
from insights.releases.models import Quote, Release  # noqa: E402
from insights.search.search_scopes import AnswerSearch, QuoteSearch, suggest_other_words  # noqa: E402
from insights.search.search_terms import folded_words_of, parse_terms  # noqa: E402
from insights.search.similar_texts import find_similar_texts  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.large_consultation import THEMES, member  # noqa: E402
from tests.benchmarks.texts import texts  # noqa: E402

ASKED = 80
LAPS = 3


def fill(page_version, theme, release, number):
    """All as cleared texts; half of them quoted in a published release."""
    chance = random.Random(2)
    rows = [
        Text(id=uuid.UUID(int=chance.getrandbits(128), version=4), respondent=uuid.uuid4(), version=page_version,
             question="q-a" if n % 3 else "q-b", language="en", audience="children-young-people", text=text)
        for n, text in enumerate(texts(number))
    ]  # fmt: skip
    quotes = [
        Quote(release=release, theme=theme, source_text=row, question=row.question, version=page_version,
              audience=row.audience, text=row.text)
        for row in rows[::2]
    ]  # fmt: skip
    with transaction.atomic():
        Text.objects.bulk_create(rows, batch_size=2000)
        Quote.objects.bulk_create(quotes, batch_size=2000)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor
        ):  # what the server does by itself in a minute or so, but not while we measure
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
    return rows


def asked(rows):
    """What people type: one word, two, a phrase, a beginning; words as common as they are in the texts."""
    chance, found = random.Random(3), []
    while len(found) < ASKED:
        words = folded_words_of(chance.choice(rows).text)
        at = chance.randrange(len(words) - 2)
        one, two = words[at], words[chance.randrange(len(words))]
        found += [one, f"{one} {two}", f'"{" ".join(words[at : at + 2])}"', f"{one[:3]}*"]
    return found


def p95_ms(laps):
    laps = sorted(laps)
    return round(laps[int(0.95 * len(laps))] * 1000, 1)


def timed(deed, each):
    """Of each question the best of a few laps, on the clock and of this process alone: what else the machine does at
    that moment is no cost of a search. (With SQLite the process does all; with PostgreSQL the server's part is not in.)
    """
    laps = [[lap(deed, one) for _ in range(LAPS)] for one in each]
    walls, own = ([min(pair[n] for pair in one) for one in laps] for n in (0, 1))
    return {"p95_ms": p95_ms(walls), "worst_ms": round(max(walls) * 1000, 1), "own_cpu_p95_ms": p95_ms(own)}


def lap(deed, one):
    began, busy = time.perf_counter(), time.process_time()
    deed(one)
    return time.perf_counter() - began, time.process_time() - busy


def main(number):
    home = ensure_site()
    sync_roles()
    officer, planner = member("officer", "engagement_officer"), member("planner", "planner")
    page, version = factories.consultation(
        home, slug="words", items=[factories.question("a", "long_text"), factories.question("b", "long_text")]
    )
    codebook = load_codebook(slug=page.codebook, name="Seed", themes=THEMES, by=officer)
    for two_people in (officer, member("colleague", "engagement_officer")):
        approve_version(version=codebook, by=two_people)
    release = Release.objects.create(
        consultation=page, number=1, codebook_version=codebook, made_on=factories.DAY, published_on=factories.DAY,
        status="published",
    )  # fmt: skip
    rows = fill(version, codebook.entries.first().theme, release, number)
    answers, quotable, words = AnswerSearch(), QuoteSearch.of(planner), asked(rows)
    narrow = AnswerSearch(versions=(version.pk,), question="q-b", coded=False)
    for word in words[:20]:
        answers.find(parse_terms(word)), quotable.find(parse_terms(word))
    report = {}
    for name, deed, each in (
        ("coders", lambda q: answers.find(parse_terms(q)), words),
        ("coders_narrowed", lambda q: narrow.find(parse_terms(q)), words),
        ("planners", lambda q: quotable.find(parse_terms(q)), words),
        ("similar", lambda row: find_similar_texts(row.text, answers), rows[:40]),
        (
            "misspelt",
            lambda q: suggest_other_words(answers, parse_terms(q)),
            ["lihgts", "brokken", "polcie", "teachrs"],
        ),
    ):
        report[name] = timed(deed, each)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    report["page"] = timed(lambda q: client.get("/insights/search/answers/", {"q": q}), words[:40])
    return report | {"texts": number}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

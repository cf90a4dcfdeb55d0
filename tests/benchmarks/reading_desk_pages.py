"""`python -m tests.benchmarks.reading_desk_pages WAITING`: a reader's pages on a migrated database, in a process of its own.
Prints JSON: milliseconds from a press to the next page."""

import json
import random
import re
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from cms.accounts.roles import sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.reading.models import Screening  # noqa: E402
from consultation.responses.models import Answer, Response  # noqa: E402
from consultation.responses.vault import seal_text  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.large_consultation import member  # noqa: E402

PRESSES = 60
WORDS = "My worker Kieran waits by the lake and says call 07700 900123 when it is dark. "
LONG = WORDS * 60  # 4,800 letters


def crowd(version, waiting):
    chance = random.Random(1)
    people = Response.objects.bulk_create(
        Response(version=version, language="en", day=factories.DAY) for _ in range(waiting)
    )
    texts = [LONG if n % 50 == 0 else WORDS * chance.randint(1, 4) for n in range(waiting)]
    answers = Answer.objects.bulk_create(
        Answer(response=one, question="q-a", sealed=seal_text(text)) for one, text in zip(people, texts, strict=True)
    )
    Screening.objects.bulk_create(
        Screening(
            answer=answer, order=[n % 3 == 0, chance.choice(("T1", "T2", "T3")) if n % 3 == 0 else "", ""], clock="",
            engine="bench", spans=_spans(text), reasons=_reasons() if n % 3 == 0 else [],
        )
        for n, (answer, text) in enumerate(zip(answers, texts, strict=True))
    )  # fmt: skip


def _spans(text):
    found = [(match.start(), match.end(), "WORKER") for match in re.finditer("Kieran", text)]
    found += [(match.start(), match.end(), "PHONE") for match in re.finditer("07700 900123", text)]
    return [{"start": start, "end": end, "type": kind, "why": "By rule"} for start, end, kind in found]


def _reasons():
    return [{"rule": "privacy-2", "category": "privacy", "label": "Afraid", "start": 0, "end": 9}]


def timed(client, path, fields):
    """A press, with the page that follows it: ((milliseconds, of them in this process), address, page)."""
    begun, cpu = time.perf_counter(), time.process_time()
    reply = client.post(path, fields)
    at = reply.url.split("#")[0] if reply.status_code == 302 else path
    page = client.get(at) if reply.status_code == 302 else reply
    spent = ((time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000)
    assert page.status_code == 200, page.status_code
    return spent, at, page.content.decode()


def form(page, **more):
    return {"span": re.findall(r'name="span" value="([^"]+)"', page), "note": "No harm.", "uncovered": "1"} | more


def desk(client):
    at = client.get("/staff/reading/").url.split("#")[0]
    page = client.get(at).content.decode()
    decided, marked, left = [], [], []
    for n in range(PRESSES + 5):
        ms, _, page = timed(client, at, form(page, do="toggle:1"))
        marked.append(ms)
        ms, at, page = timed(client, at, form(page, do="clear" if n % 6 else "next"))
        (decided if n % 6 else left).append(ms)
    return {"decide_ms": told(decided[4:]), "mark_ms": told(marked[5:]), "later_ms": told(left[1:])}


def told(times):
    whole, cpu = (sorted(column) for column in zip(*times, strict=True))
    middle, high = len(times) // 2, int(len(times) * 0.95)
    return {"median": round(whole[middle], 1), "p95": round(whole[high], 1), "cpu": round(cpu[middle], 1)}


def main(waiting):
    home = ensure_site()
    sync_roles()
    _, version = factories.consultation(home, slug="desk", items=[factories.question("a", "long_text")])
    crowd(version, waiting)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(member("reader", "moderator"), backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps({"waiting": Answer.objects.unread().count(), **desk(client)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))

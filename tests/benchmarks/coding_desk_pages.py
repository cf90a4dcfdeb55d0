"""`python -m tests.benchmarks.coding_desk_pages TEXTS`: a coder's pages on a migrated database, in a process of its
own. Prints JSON: milliseconds a page."""

import json
import random
import re
import sys
import time
import uuid

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from cms.accounts.roles import sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from insights.coding.codebooks import approve_version, load_codebook  # noqa: E402
from insights.coding.confirmation.actions import draw_confirmation_sample  # noqa: E402
from insights.coding.desk.desk_arrangement import arrange_desk  # noqa: E402
from insights.coding.models import Code, CodeSource, CodingStatus, Theme  # noqa: E402
from insights.corpus.models import Text  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.large_consultation import member  # noqa: E402

VISITS = 20
THEMES = 34
WORDS = (
    "lights dark park bus late canal staff rude wait room phone worker school toilets path trees shop music".split()
)
QUESTIONS = ("a", "b", "c")


def fill(page, version, number, people):
    chance = random.Random(1)
    themes = [
        {"slug": f"theme-{n}", "label": f"Theme {n}", "definition": f"What people say about {WORDS[n % 18]} and {n}"}
        for n in range(THEMES)
    ]
    book = load_codebook(slug=page.codebook, name="Bench", themes=themes, by=people[0])
    for one in people:
        approve_version(version=book, by=one)
    known = list(Theme.objects.filter(codebook=book.codebook).order_by("pk"))
    for _ in range(0, number, 2000):
        _some(version, min(2000, number), known, book, people[0], chance)


def _some(version, number, known, book, coder, chance):
    texts = Text.objects.bulk_create(
        Text(
            id=uuid.UUID(int=chance.getrandbits(128)), respondent=uuid.UUID(int=chance.getrandbits(128)),
            version=version, question=f"q-{chance.choice(QUESTIONS)}", audience="children-young-people",
            language="ur" if chance.random() < 0.05 else "en",
            text=" ".join(chance.choices(WORDS, k=chance.randint(5, 60))) + ".",
        )
        for _ in range(number)
    )  # fmt: skip
    Code.objects.bulk_create(
        Code(
            text=text, theme=theme, version=book, source=CodeSource.MODEL, confidence=chance.random(),
            because=text.text.split()[:2], engine="bench",
        )
        for text in texts
        for theme in chance.sample(known, chance.choice((0, 1, 1, 2)))
    )  # fmt: skip
    coded = texts[: number // 2]
    CodingStatus.objects.bulk_create(CodingStatus(text=text, coder=coder, version=book) for text in coded)
    Code.objects.bulk_create(
        Code(text=text, theme=chance.choice(known), version=book, source=CodeSource.PERSON, coder=coder)
        for text in coded
    )


def visited(client, addresses):
    times = []
    for at in addresses:
        begun, cpu = time.perf_counter(), time.process_time()
        reply = client.get(at)
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000))
        assert reply.status_code == 200, (at, reply.status_code)
    whole, cpu = (sorted(column) for column in zip(*times, strict=True))
    middle, high = len(times) // 2, int(len(times) * 0.95)
    return {"median": round(whole[middle], 1), "p95": round(whole[high], 1), "cpu": round(cpu[middle], 1)}


def saved(client, at):
    times = []
    for _ in range(VISITS):
        page = client.get(at).content.decode()
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        begun, cpu = time.perf_counter(), time.process_time()
        reply = client.post(
            at, {"seen": seen, "themes": re.findall(r'name="themes" id="t\d+" value="(\d+)"', page)[:1]}
        )
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000))
        at = reply.url.split("#")[0]
    whole, cpu = (sorted(column) for column in zip(*times, strict=True))
    return {"median": round(whole[VISITS // 2], 1), "cpu": round(cpu[VISITS // 2], 1)}


LISTS = {
    "list": "",
    "theme": "?theme=theme-3",
    "rare": "?show=all&stance=mixed",
    "mine": "?show=mine&memo=1",
    "unsure": "?machine=unsure&question=q-b",
    "unread": "?machine=unread&language=ur",
    "search": "?show=all&q=toilets+zebra",
    "sample": "?show=sample",
    "useful": "?show=useful",
    "together": "together/?question=q-a&lead=theme-3",
}


def main(number):
    home = ensure_site()
    sync_roles()
    items = [factories.question(key, "long_text") for key in QUESTIONS]
    page, version = factories.consultation(home, items=items)
    people = [member(name, "engagement_officer") for name in ("one", "two")]
    fill(page, version, number, people)
    begun = time.process_time()
    arrange_desk()
    arranged = round(time.process_time() - begun, 2)
    begun = time.process_time()
    arrange_desk()
    again = round(time.process_time() - begun, 3)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    draw_confirmation_sample(consultation=page, half_width=5, by=people[0])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(people[1], backend="django.contrib.auth.backends.ModelBackend")
    desk = "/insights/coding/parks/"
    client.get(desk)
    found = {name: visited(client, [desk + query] * VISITS) for name, query in LISTS.items()}
    texts = Text.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, number // VISITS)]
    found["text"] = visited(client, [f"/insights/coding/texts/{pk}/" for pk in texts])
    found["save"] = saved(client, client.get(f"{desk}begin/").url.split("#")[0])
    print(
        json.dumps({"texts": Text.objects.count(), "arrange_cpu_s": arranged, "arrange_again_cpu_s": again, **found})
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))

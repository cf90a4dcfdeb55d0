"""A consultation that very many people answered, its release and its report page, timed in a process of their own.

`python -m tests.benchmarks.crowd PEOPLE`, on a migrated database. Prints JSON.
"""

import json
import random
import sys
import time

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.pages.setup import ensure_site  # noqa: E402
from cms.roles import ROLES, sync_roles  # noqa: E402
from consultation.responses.models import Response  # noqa: E402
from insights.coding.codebooks import approve, load_codebook  # noqa: E402
from insights.reports.actions import create_release, publish_release  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.peers.questions import QUESTIONS  # noqa: E402

VISITS = 60
THEMES = [{"slug": "lights", "label": "Lights", "definition": "Light in the streets", "examples": ["more lights"]}]


def member(name, *roles):
    user = User.objects.create_user(f"{name}@example.org", "a long enough password")
    user.groups.set(Group.objects.get(name=ROLES[role].name) for role in roles)
    return user


def survey(home):
    items = [
        factories.question(str(n), "multiple" if many else "single", choices, text={"en": f"{text}?"})
        for n, (text, many, choices) in enumerate(QUESTIONS, start=1)
    ]
    items[8]["about_you"] = "age"
    return factories.consultation(home, slug="crowd", title="Ten questions", items=items)


def closed(chance):
    return {
        str(n): chance.sample([str(k) for k in range(1, len(choices) + 1)], 2) if many else str(chance.randint(1, 4))
        for n, (_, many, choices) in enumerate(QUESTIONS, start=1)
    }


def answers(version, people):
    chance = random.Random(1)
    for start in range(0, people, 5000):
        Response.objects.bulk_create(
            Response(version=version, language="en", day=factories.DAY, closed=closed(chance))
            for _ in range(min(5000, people - start))
        )


def group_by_ms():
    """The same counts of one question by another, asked of the database itself."""
    value = "json_extract(closed, '$.{}')" if connection.vendor == "sqlite" else "closed->>'{}'"
    began = time.perf_counter()
    with connection.cursor() as cursor:
        columns = f"{value.format(1)}, {value.format(9)}"
        cursor.execute(f"SELECT {columns}, count(*) FROM consultation_response GROUP BY {columns}")
        assert len(cursor.fetchall()) == 16
    return round((time.perf_counter() - began) * 1000, 1)


def page_p95_ms(client, paths):
    laps = []
    for number in range(VISITS + 5):
        began = time.perf_counter()
        response = client.get(paths[number % len(paths)])
        laps.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, (paths[number % len(paths)], response.status_code)
    laps = sorted(laps[5:])  # the first visits compile templates
    return round(laps[int(0.95 * len(laps))], 1)


def main(people):
    home = ensure_site()
    sync_roles()
    officer, planner = member("officer", "engagement_officer"), member("planner", "planner")
    page, version = survey(home)
    codebook = load_codebook(slug=page.codebook, name="Seed", themes=THEMES, by=officer)
    for two_people in (officer, member("colleague", "engagement_officer")):
        approve(version=codebook, by=two_people)
    answers(version, people)
    began = time.perf_counter()
    release = create_release(consultation=page, by=None)
    seconds = time.perf_counter() - began
    publish_release(release=release, by=officer)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    pages = ["/insights/consultations/crowd/", f"/insights/releases/{release.pk}/"]
    return {
        "page_p95_ms": page_p95_ms(client, pages),
        "release_seconds": round(seconds, 2),
        "group_by_ms": group_by_ms(),
        "people": people,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

"""`python -m tests.benchmarks.editor_pages`: an officer in the editor, on a migrated database, in a process of its
own. Prints JSON: milliseconds of the server (the first of a process separately), and a browser's sign-in cookie."""

import cProfile
import json
import os
import pstats
import sys
import time
from statistics import median

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.accounts.roles import ROLES, sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.surveys.models import ConsultationPage  # noqa: E402
from tests.benchmarks import long_consultation  # noqa: E402
from tests.consultation.surveys.test_editing import form  # noqa: E402

TIMES = 5


def officer():
    person = User.objects.create_user("officer@bench.test", "correct horse battery")
    person.groups.add(Group.objects.get(name=ROLES["engagement_officer"].name))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def timed(act):
    begun = time.perf_counter()
    answer = act()
    if answer.status_code not in (200, 302) or b'"success": false' in answer.content[:200]:
        sys.exit(f"{answer.status_code}: {answer.content[:500]!r}")
    return round((time.perf_counter() - begun) * 1000)


def measure(client, page):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    body = form(*long_consultation.blocks(), title=page.title, slug=page.slug)
    saves = [lambda: client.post(edit, body), lambda: client.post(edit, body, headers={"accept": "application/json"})]
    found = {"first_save_ms": timed(saves[0])}
    acts = {
        "save_ms": saves[0],
        "autosave_ms": saves[1],
        "open_ms": lambda: client.get(edit),
        "checks_ms": lambda: client.get(reverse("validation:now", args=[page.pk])),
    }
    for name, act in acts.items():
        found[name] = median(timed(act) for _ in range(TIMES))
        if os.environ.get("PROFILE") == name:
            profile = cProfile.Profile()
            profile.runcall(act)
            pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(60)
    found["open_bytes"] = len(client.get(edit).content)
    return found


def main():
    if page := ConsultationPage.objects.filter(slug="long").first():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    else:
        ensure_site()
        sync_roles()
        client, page = officer(), long_consultation.page()
    found = measure(client, page)
    found |= {"cookie": client.cookies["staff"].value, "path": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    print(json.dumps(found))


if __name__ == "__main__":
    main()

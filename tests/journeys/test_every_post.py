"""Odd bodies posted to every address of the URL conf, by each role that may and by everyone who may not, over the demo: no
error of the server, nothing comes to life on a page, and nobody writes who may not."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.house.test_roles import NOBODY, crawl
from tests.house.test_roles import who as who_may
from tests.journeys.conftest import ROOT, environment
from tests.journeys.hostile_posts import list_open_routes
from tests.journeys.posted_forms import LEAVES

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # it needs the demo, and no browser
EXAMPLES = 2  # of a form, half as many of another address; each is another draw for every field
# At least so many addresses with a form are posted to, and so many others; and this one is among the first.
WHO = {
    "nobody": (10, 5, "/en/receipt/"),
    "officer1": (90, 100, "/staff/closing/"),
    "reader1": (33, 20, "/staff/reading/away/"),
    "lead1": (28, 20, "/staff/safeguarding/rota/"),
    "planner": (15, 15, "/insights/decisions/record/"),
    "partner": (4, 10, "/insights/saved/keep/"),
    "facilitator": (3, 6, "/staff/notifications/"),
    "administrator1": (17, 15, "/staff/people/new/"),
    "auditor": (3, 10, "/staff/notifications/"),
}


def test_every_address_of_the_urlconf_is_sent_odd_bodies_by_somebody():
    sent = set().union(*map(list_open_routes, WHO))
    left = {route for route, _ in crawl() if route not in sent and not f"/{route}".startswith(LEAVES)}
    assert {route for route in left if who_may(route) != NOBODY} == set(), "closed to all are those alone"
    assert len(sent) > 500


@pytest.mark.parametrize("who", WHO)
def test_no_post_breaks_a_page_comes_to_life_or_passes_a_closed_door(built_demo, tmp_path, who):
    folder = tmp_path / "var"
    shutil.copytree(built_demo, folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.hostile_posts", who, str(EXAMPLES)],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert "\n".join(found["errors"]) == ""
    forms, others, one = WHO[who]
    assert len(found["forms"]) >= forms and one in found["forms"], found["forms"]
    assert found["others"] >= others
    assert found["refused"] > len(found["forms"]) or who == "nobody", "what is open to everyone is closed to nobody"

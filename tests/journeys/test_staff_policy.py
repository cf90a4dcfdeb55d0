"""Our own staff pages in a real browser break no rule of their policy and load nothing from another host (Wagtail's:
test_admin_policy)."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BROKEN = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@pytest.fixture
def browse(chromium, live_server, person):
    """browse(role, paths): what each page broke, and which other hosts were asked."""

    def visit(role, *paths):
        context = chromium.new_context()
        context.add_init_script(BROKEN)
        if role:
            client = Client()
            client.force_login(person(role), backend="django.contrib.auth.backends.ModelBackend")
            cookie = {"name": "staff", "value": client.cookies["staff"].value, "url": live_server.url}
            context.add_cookies([cookie])
        opened, broken, hosts = [], [], set()
        context.on("console", lambda line: line.type == "error" and broken.append(f"{line.page.url} {line.text}"))
        context.on("weberror", lambda error: broken.append(f"{error.page.url} {error.error}"))
        context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        for path in paths:
            opened.append(context.new_page())  # each comes to rest while the next ones are asked for
            assert opened[-1].goto(live_server.url + path).status == 200, path
        for page in opened:
            page.wait_for_load_state("networkidle")
        return broken, hosts - {urlsplit(live_server.url).netloc, ""}

    return visit


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("administrator", ["/staff/", "/staff/people/", "/staff/people/new/", "/accounts/2fa/", "/accounts/logout/"]),
        ("auditor", ["/staff/audit/", "/staff/retention/", "/insights/"]),
        ("moderator", ["/staff/reading/", "/insights/coding/"]),
        ("safeguarding_lead", ["/staff/safeguarding/", "/staff/safeguarding/contacts/"]),
        ("planner", ["/insights/", "/insights/decisions/", "/insights/ledger/"]),
    ],
)
def test_the_desks_break_no_rule_and_ask_no_other_host(browse, role, paths):
    assert browse(role, *paths) == ([], set())


def test_the_door_breaks_no_rule(browse):
    assert browse(None, "/accounts/login/", "/accounts/password/reset/") == ([], set())

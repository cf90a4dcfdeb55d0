"""Every role at every address of the URL conf; an address missing from the table fails."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.accounts.roles import ROLES

pytestmark = pytest.mark.any_database

PUBLIC = "everyone"  # no sign-in
SIGNED_IN = "signed in"  # anyone with an account
NOBODY = "nobody"  # closed to all
READERS = {"moderator"}
FACILITATORS = {"facilitator"}
LEADS = {"safeguarding_lead"}
REPORTS = {"engagement_officer", "moderator", "planner", "safeguarding_lead", "partner_viewer", "auditor"}
CODERS = {"engagement_officer", "moderator"}
OFFICERS = {"engagement_officer"}
PLANNERS = {"planner"}
EXPORTERS = {"engagement_officer", "planner", "partner_viewer"}
WHO_READS_CLEARED = {"engagement_officer", "moderator", "safeguarding_lead"}
WHO_SEES_WORDS = {"engagement_officer", "moderator", "planner", "safeguarding_lead", "partner_viewer"}
ADMINISTRATORS = {"administrator"}
AUDITORS = {"auditor"}

# Not even that a page is there is told to others: they get "not found".
HIDDEN = ("staff/safeguarding/", "staff/figures/")
# The longest address that a route begins with decides.
WHO = {
    "": PUBLIC,
    "robots.txt": PUBLIC,
    "share/<int:pk>.png": PUBLIC,
    "sitemap.xml": PUBLIC,
    "en/search/": PUBLIC,
    "en/hear-by-right/": PUBLIC,
    "en/pledges/": PUBLIC,
    "en/what-groups-do/": PUBLIC,
    "en/panel/": PUBLIC,
    "en/how-we-read/": PUBLIC,
    "en/feeds/": PUBLIC,
    "en/have-your-say/": PUBLIC,
    "en/receipt/": PUBLIC,
    "en/help/": PUBLIC,
    "en/contact/": PUBLIC,
    "en/you-said-we-did/": PUBLIC,
    "look/": PUBLIC,
    "go/": PUBLIC,
    "ledger/": PUBLIC,
    "en/kiosk/": PUBLIC,
    "media/asked/": PUBLIC,
    "media/": {"engagement_officer", "safeguarding_lead", "administrator"},  # who works in Wagtail's admin
    "documents/": {"engagement_officer", "safeguarding_lead", "administrator"},  # the same
    "staff/login/": PUBLIC,
    "staff/reading/": READERS,
    "staff/reading/seeded-answers/": LEADS,
    "staff/reading/<uuid:pk>/original/": READERS | LEADS,
    "staff/allow-list/": OFFICERS,
    "staff/reading/audit-sample/": READERS | LEADS,
    "staff/reading/audit-sample/next/": READERS,
    "staff/reading/audit-sample/<uuid:pk>/": READERS,
    "staff/reading/screen/": LEADS,
    "staff/safeguarding/": LEADS,
    "staff/hours/": OFFICERS | LEADS,
    "staff/help-numbers/": OFFICERS | LEADS,
    "staff/consultations/": OFFICERS | LEADS,
    "staff/start/": OFFICERS,
    "staff/closing/": OFFICERS | LEADS,
    "staff/validation/": OFFICERS | LEADS,
    "staff/editor/": OFFICERS | LEADS,
    # Wagtail's own page for what is no consultation: for who works in its admin.
    "staff/pages/(?P<pk>\\d+)/revisions/compare/": {"engagement_officer", "safeguarding_lead", "administrator"},
    "staff/readers/": OFFICERS | LEADS,
    "staff/figures/": LEADS | AUDITORS,  # and the head of service: reading.response_times.policies
    "staff/leave/": READERS | LEADS,
    "staff/dates/": OFFICERS,
    "staff/notifications/": SIGNED_IN,
    "staff/guides/": SIGNED_IN,
    "staff/notifications/digest/": REPORTS,
    "staff/audit/": AUDITORS,
    "staff/retention/": AUDITORS,
    "staff/tablets/": OFFICERS,
    "staff/tablets/<int:page>/": OFFICERS | READERS | FACILITATORS,
    "staff/copied-texts/": OFFICERS,
    "staff/short-links/": OFFICERS,
    "staff/promotion/": OFFICERS,
    "staff/campaigns/": OFFICERS,
    "staff/sessions/": WHO_READS_CLEARED | FACILITATORS,
    "staff/sessions/<int:page>/opening/": READERS | FACILITATORS,
    "staff/sessions/<int:page>/enter/": READERS | FACILITATORS,
    "staff/imports/": READERS,
    "staff/exchange/": OFFICERS,
    "staff/paper/": READERS,
    "staff/paper/forms/": OFFICERS,
    "staff/people/": ADMINISTRATORS,  # and the head of service, by address: cms.accounts.actions.may_suspend
    "staff/launch/": {"engagement_officer", "safeguarding_lead", "administrator", "auditor"},
    "staff/running/": {"engagement_officer", "safeguarding_lead", "administrator", "auditor"},
    "staff/launch/update/": {"engagement_officer", "safeguarding_lead", "administrator"},
    "staff/launch/tick/": {"engagement_officer", "safeguarding_lead", "administrator"},
    "staff/launch/untick/": {"engagement_officer", "safeguarding_lead", "administrator"},
    "staff/hear-by-right/": OFFICERS,
    "staff/languages/": OFFICERS,
    "staff/translations/": OFFICERS,
    "staff/localize/translate/<int:pk>/pofile/": OFFICERS,
    "staff/localize/page/": OFFICERS,
    "staff/invitation-codes/": OFFICERS,
    "staff/panel/": OFFICERS,
    "staff/task-list/": OFFICERS | LEADS,
    "api/v1/": PUBLIC,  # for programs: without a token 401, whoever is signed in
    "api/metrics": PUBLIC,  # for a monitor: without its token 404, whoever is signed in
    "insights/": REPORTS,
    "insights/unanswered/<slug:slug>/<int:release>/<int:theme>/dismiss/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/take/": {"engagement_officer", "planner", "partner_viewer"},
    "insights/ledger/ledger.csv": {"engagement_officer", "planner", "auditor"},
    "insights/coverage/coverage.csv": {"engagement_officer", "planner", "partner_viewer"},
    "insights/partners/": LEADS | AUDITORS,
    "insights/partners/releases/": OFFICERS,
    "insights/releases/<int:pk>/figures.csv": EXPORTERS,
    "insights/releases/<int:pk>/figures.xlsx": EXPORTERS,
    "insights/releases/<int:pk>/release.json": EXPORTERS,
    "insights/releases/<int:pk>/report.pdf": EXPORTERS,
    "insights/releases/<int:pk>/report.docx": EXPORTERS,
    "insights/data-dictionary/dictionary.csv": EXPORTERS,
    "insights/places/places.csv": EXPORTERS,
    "insights/evaluations/<slug:slug>/evaluation.csv": EXPORTERS,
    "insights/learning/learning.csv": EXPORTERS,
    "insights/places/<int:pk>/places.pdf": EXPORTERS,
    "insights/briefings/<slug:slug>/sheet.pdf": EXPORTERS,
    "insights/assessment/<slug:quarter>/assessment.pdf": EXPORTERS,
    "insights/assessment/<slug:quarter>/assessment.docx": EXPORTERS,
    "insights/coding/": CODERS,
    "insights/agreement/": CODERS,
    "insights/agreement/of/<slug:slug>/draw/": OFFICERS,
    "insights/agreement/<int:pk>/end/": OFFICERS,
    "insights/discovery/": CODERS,
    "insights/codebooks/": CODERS,
    "insights/codebooks/<slug:slug>/versions/<int:number>/approve/": OFFICERS,
    "insights/search/answers/": CODERS,
    "insights/models/": CODERS,
    "insights/models/<int:pk>/use/": OFFICERS,
    "insights/quotes/<int:pk>/approve/": CODERS,
    "insights/representation/": OFFICERS | LEADS | PLANNERS,
    "insights/representation/<slug:slug>/reach.csv": OFFICERS | PLANNERS,
    "insights/representation/<slug:slug>/benchmarks/": OFFICERS,
    "insights/texts/<uuid:pk>/report/": WHO_SEES_WORDS,
    "insights/recalled/": LEADS,
    "insights/manage/summaries/": OFFICERS,
    "insights/manage/releases/": OFFICERS,
    "insights/manage/heard/": OFFICERS,
    "insights/manage/minority-views/": CODERS,
    "insights/manage/minority-views/releases/<int:pk>/themes/": OFFICERS,
    "insights/manage/minority-views/<int:pk>/discard/": OFFICERS,
    "insights/manage/results/": OFFICERS,
    "insights/manage/member-checks/": OFFICERS,
    "insights/outcomes/": OFFICERS | PLANNERS,
    "insights/outcomes/of/<slug:slug>/ask/": OFFICERS,
    "insights/outcomes/<int:pk>/publish/": OFFICERS,
    "insights/outcomes/polls/": OFFICERS,
    "insights/decisions/<slug:slug>/progress/": OFFICERS,
    "insights/decisions/<slug:slug>/principles/": OFFICERS | PLANNERS,
    "insights/commitments/commitments.csv": OFFICERS | PLANNERS,
    "insights/commitments/write/": OFFICERS | PLANNERS,
    "insights/commitments/<int:pk>/edit/": OFFICERS | PLANNERS,
    "insights/commitments/<int:pk>/publish/": OFFICERS,
    "insights/commitments/<int:pk>/retire/": OFFICERS,
    "insights/commitments/<int:pk>/discard/": OFFICERS | PLANNERS,
    "insights/commitments/<int:pk>/note/": OFFICERS,
    "insights/commitments/notes/": OFFICERS,
    "insights/commitments/offers/": OFFICERS,
    "insights/decisions/<slug:slug>/words/": OFFICERS | PLANNERS,
    "insights/decisions/record/": PLANNERS,
    "insights/decisions/<slug:slug>/edit/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/cite/": PLANNERS,
    "insights/citations/": PLANNERS,
    "insights/citations/proposed/<int:pk>/accept/": OFFICERS,
    "insights/citations/proposed/<int:pk>/remove/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/options/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/measures/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/place/": OFFICERS | PLANNERS,
    "insights/decisions/<slug:slug>/plan/": OFFICERS | PLANNERS,
    "insights/board/report.pdf": {"engagement_officer", "planner", "partner_viewer"},
    "insights/board/report.docx": {"engagement_officer", "planner", "partner_viewer"},
    "insights/decisions/<slug:slug>/publish/": OFFICERS,
    "accounts/start/": SIGNED_IN,
    "accounts/still-here/": SIGNED_IN,
    "accounts/sessions/": SIGNED_IN,
    "accounts/login/": PUBLIC,
    "accounts/logout/": PUBLIC,
    "accounts/inactive/": PUBLIC,
    "accounts/reauthenticate/": SIGNED_IN,
    "accounts/password/change/": SIGNED_IN,
    "accounts/password/set/": SIGNED_IN,
    "accounts/password/reset/": PUBLIC,
    "accounts/2fa/": SIGNED_IN,
    "accounts/2fa/authenticate/": PUBLIC,  # the second step of signing in
    "accounts/2fa/webauthn/login/": PUBLIC,
    "accounts/3rdparty/": NOBODY,  # a work account joins at its first sign-in
    "accounts/3rdparty/login/": PUBLIC,
    "accounts/social/": PUBLIC,  # old addresses that lead to the new ones
    "accounts/oidc/": PUBLIC,
    "accounts/signup/": NOBODY,
    "accounts/email/": NOBODY,
    "accounts/confirm-email/": NOBODY,
    "accounts/login/code/": NOBODY,
    "accounts/3rdparty/signup/": NOBODY,
    "accounts/social/signup/": NOBODY,
    "accounts/social/connections/": NOBODY,
}
# Routes that match only themselves: a new route under "" must say who may see it.
EXACT = {""}
SAMPLES = {"uuid": uuid.UUID(int=7), "int": 999999, "slug": "none", "str": "none", "path": "none"}
OUR_APPS = ("cms.", "consultation.", "insights.")
# Of Wagtail's admin: without sign-in, because it holds only drawings, words of the interface, or a redirect.
WAGTAIL_OPEN = re.compile(
    r"^staff/(sprite|login|logout|test404|jsi18n|localize/jsi18n|password_reset|_)|^staff/.*jsi18n"
)
# What even those who may enter Wagtail's admin must not reach: roles are a table in code, people have their own pages.
WAGTAIL_NOBODY = re.compile(
    r"^staff/(users|groups|sites|locales|redirects|workflows/(list|add|edit|disable|enable|usage))/"
)


def crawl(patterns=None, prefix=""):
    """(route, module of the view) of every address."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from crawl(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield route, getattr(view, "__module__", "")


def is_wagtails(route, module):
    """Whether Wagtail serves the address: its admin, or pages with restrictions of their own."""
    if module.startswith(OUR_APPS):
        return False
    inside = route.startswith("staff/") and who(route) is None
    return inside or route.startswith("en/_util/") or module.startswith("wagtail.")


def who(route):
    prefixes = [prefix for prefix in WHO if route == prefix or (prefix not in EXACT and route.startswith(prefix))]
    return WHO[max(prefixes, key=len)] if prefixes else None


OURS = sorted({route for route, module in crawl() if not is_wagtails(route, module)})
THEIRS = sorted(
    {
        route
        for route, module in crawl()
        if is_wagtails(route, module) and route.startswith("staff/") and ".*" not in route
    }
)


def address(route):
    """A real path for a route, with ids that do not exist: permission must be checked first."""
    path = re.sub(r"<(\w+):\w+>", lambda found: str(SAMPLES[found.group(1)]), route)
    path = re.sub(r"<\w+>", "none", path)
    path = path.replace("\\Z", "")
    path = re.sub(r"\(\?P\(?<\w+>[^)]*\)|\(\?P<\w+>[^)]*\)|\(\?Pnone[^)]*\)|\([^)]*\)", "9", path)
    return "/" + path.replace("\\", "")


def is_denied(answer, route=""):
    to_the_door = answer.status_code == 302 and answer["Location"].startswith(("/accounts/login/", "/staff/login/"))
    return answer.status_code == (404 if route.startswith(HIDDEN) else 403) or to_the_door


def mistakes(client, role, method):
    for route in sorted(OURS, key=lambda route: route == "accounts/logout/"):
        path, allowed = address(route), who(route)
        if allowed == PUBLIC and role in ROLES:
            continue  # open to a stranger, and to a person of no role
        answer = getattr(client, method)(path)
        may = allowed == PUBLIC or (role is not None and (allowed == SIGNED_IN or role in allowed))
        if answer.status_code >= 500 and answer.status_code != 503:
            yield f"{method} {path}: {answer.status_code}"
        elif allowed == NOBODY and answer.status_code != 404:
            yield f"{method} {path}: {answer.status_code}, and it is closed to all"
        elif allowed != NOBODY and may and is_denied(answer) and (allowed != PUBLIC or answer.status_code == 403):
            yield f"{method} {path}: denied, and the table says {allowed}"
        elif allowed != NOBODY and not may and not is_denied(answer, route) and answer.status_code != 405:
            yield f"{method} {path}: {answer.status_code}, and the table says {allowed}"


def test_every_address_is_in_the_table():
    assert [route for route in OURS if who(route) is None] == []


def test_the_table_lists_no_address_that_is_gone():
    assert [prefix for prefix in WHO if not any(route.startswith(prefix) for route in OURS)] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [*ROLES, "no role"])
@pytest.mark.slow
def test_role_reaches_what_the_table_says(client_as, role, method):
    client = client_as(role) if role in ROLES else client_as()
    client.raise_request_exception = False
    assert "\n".join(mistakes(client, role, method)) == ""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.slow
def test_a_stranger_reaches_what_is_public(home, method):
    assert "\n".join(mistakes(Client(raise_request_exception=False), None, method)) == ""


@pytest.mark.parametrize("role", ["moderator", "planner", "partner_viewer", "auditor", "no role"])
def test_the_door_of_wagtails_admin_is_closed_to_those_without_a_task_in_it(client_as, role):
    client = client_as(role) if role in ROLES else client_as()
    assert not client.user.has_perm("wagtailadmin.access_admin")
    assert is_denied(client.get("/staff/pages/"))


@pytest.mark.parametrize("role", ["moderator", None])
@pytest.mark.slow
def test_wagtails_admin_is_closed_to_those_without_a_task_in_it(home, client_as, role):
    client = client_as(role) if role else Client()
    client.raise_request_exception = False
    reached = [
        path
        for path in (address(route) for route in THEIRS if not WAGTAIL_OPEN.match(route))
        if not is_denied(answer := client.get(path)) and answer.status_code != 404
    ]
    assert "\n".join(reached) == ""


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead", "administrator"])
def test_nobody_changes_people_groups_or_sites_in_wagtails_admin(client_as, role):
    client = client_as(role)
    client.raise_request_exception = False
    routes = [route for route in THEIRS if WAGTAIL_NOBODY.match(route)]
    assert len(routes) > 20
    for route in routes:
        answer = client.get(address(route))
        denied = is_denied(answer) or answer.status_code in (404, 405)
        assert denied or (answer.status_code == 302 and answer["Location"] == "/staff/"), address(route)

"""Shared fixtures: a site, people in each role, a small published consultation."""

import os
from datetime import timedelta
from functools import partial

import pytest
import yaml
from django.utils import timezone

from tests import factories, pages, production_site, shared_worlds

# A browser's event loop stays in the process of the tests; Django would take their database calls for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
pytest_plugins = ["tests.missing_programs"]
pages.install_collapsing_client()
# The same parser in C, where PyYAML was built with it: tables of the tests took a fifth of the time to collect them.
yaml.safe_load = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.fixture(autouse=True)
def fresh_process():
    """Forget what another test's process remembered: its version may have had the same id. What each visit would ask
    for anew (corrections, branding, whether the site is live) is remembered, as in a process at work."""
    from django.utils import translation
    from wagtail.models import Site

    from consultation.branding.current_branding import SiteBranding, branding
    from consultation.domain.process_cache import clear_all_caches
    from consultation.interface_text.translation_corrections import CorrectionsSnapshot, cached_corrections
    from consultation.respondent_pages.live_status import live_status

    translation.deactivate()
    clear_all_caches()
    Site.clear_site_root_paths_cache()
    cached_corrections.set(CorrectionsSnapshot(), seconds=3600)
    branding.set(SiteBranding(), seconds=3600)
    live_status.set(True, seconds=3600)


@pytest.fixture(scope="session", autouse=True)
def built_once(tmp_path_factory, worker_id):
    """Sites on their own database copy the tables that the first of them made."""
    base = tmp_path_factory.getbasetemp()
    production_site.KEPT = base if worker_id == "master" else base.parent
    yield
    production_site.KEPT = None


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Start the server after the database: an earlier one takes it for one in memory, and closes the tests'
    connection."""
    return live_server


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Add the site's skeleton and the roles, which every site has: making them anew took most of a test's time."""
    from cms.accounts.roles import sync_roles
    from cms.site.pages.site_setup import ensure_site

    with django_db_blocker.unblock():
        ensure_site()
        sync_roles()
        shared_worlds.remember_untouched()


@pytest.fixture
def home(db):
    from cms.site.pages.models import HomePage
    from cms.site.pages.site_setup import ensure_site

    return HomePage.objects.filter(locale__language_code="en").first() or ensure_site()


@pytest.fixture(autouse=True)
def roles(request):
    """Restore the database before any other fixture: the site and its roles are there, whatever earlier tests
    committed."""
    if request.node.get_closest_marker("database"):
        request.getfixturevalue("db")


@pytest.fixture(autouse=True)
def world_once(request, fresh_process, roles):
    """Share the largest world that the test asks for: making it anew takes up to a second."""
    if (name := shared_worlds.asked_for(request)) and shared_worlds.untouched():
        shared_worlds.once(name, lambda: request.getfixturevalue(name))


@pytest.fixture
def quick_hash(monkeypatch):
    """Words and PINs are hashed at the least cost. Not where a demo is read, whose words were hashed at the real one."""
    from consultation.respondent_pages import slow_hash

    monkeypatch.setattr(slow_hash, "OPERATIONS", 1)
    monkeypatch.setattr(slow_hash, "MEMORY", 8192)


@pytest.fixture
def no_place(monkeypatch):
    """no_place(lane): others have taken all places where something is hashed slowly."""
    from threading import Semaphore

    return lambda lane: monkeypatch.setattr(lane, "_places", Semaphore(0))


@pytest.fixture
def person(home):
    """person("planner"): a new member of staff with that role (or roles)."""
    from django.contrib.auth.models import Group

    from cms.accounts.models import User
    from cms.accounts.roles import ROLES

    def make(*roles, email=None):
        number = User.objects.count() + 1
        address = email or f"{'-'.join(roles) or 'nobody'}{number}@staff.test"
        user = User.objects.create_user(address, "correct horse battery")
        user.groups.set(Group.objects.get(name=ROLES[role].name) for role in roles)
        if "partner_viewer" in roles:
            make_partner(user)
        return user

    return make


@pytest.fixture
def reader(person):
    return person("moderator")


@pytest.fixture
def officer(person):
    return person("engagement_officer")


@pytest.fixture
def lead(person):
    return person("safeguarding_lead")


@pytest.fixture
def other_lead(person):
    return person("safeguarding_lead")


@pytest.fixture
def administrator(person):
    return person("administrator")


def make_partner(user):
    """Give the person's agency an agreement in date: without one, a partner sees nothing."""
    from cms.accounts.agreements import Agreement

    factories.join_agency(user, "Riverside partnership")
    today = timezone.localdate()
    if not Agreement.objects.of(user.agency).exists():
        factories.agreement(agency=user.agency, starts=today, ends=today + timedelta(days=365))


@pytest.fixture
def client_as(person):
    """client_as("planner"): a browser signed in as a new person with that role (or roles), who is its `.user`."""
    from django.test import Client

    def sign_in(*roles):
        client = Client()
        client.user = person(*roles)
        client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def no_noise(monkeypatch):
    """Numbers as they were counted, so that a test can name them: response ids, and so the noise, are random."""
    from insights.disclosure.perturbation import ReleaseNoise
    from insights.releases import release_verification

    monkeypatch.setattr(ReleaseNoise, "perturb_count", lambda self, count, cell_key: count)
    monkeypatch.setattr(release_verification, "LEAST_MEAN_ERROR", 0)
    monkeypatch.setattr(release_verification, "measure_noise", lambda: (0, 0))

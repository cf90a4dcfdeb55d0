"""No query of every minute, page of every day or sweep reads a table of answers from end to end: each has indexes that find
its rows. How long they take beside ten million responses: `./dev bench growth`."""

import pytest
from django.db import connection
from django.test import Client

from cms.operations import health
from cms.operations.scheduler import sweep_schedule
from cms.site.pages.site_setup import ensure_site
from consultation import handover
from consultation.channels.web import form_tokens
from consultation.reading import reading_queue
from consultation.surveys.models import PublishedVersion
from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.corpus.models import Text
from insights.decisions.models import Decision
from insights.releases.actions import publish_release
from insights.releases.models import Quote, Release
from tests import factories, shared_worlds
from tests.databases import only_on_postgresql
from tests.query_plans import list_whole_reads, recorded_plans

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.each_on_postgresql,
    pytest.mark.slow,
    only_on_postgresql("that queries of every minute, pages and sweeps use an index"),
]
# People of whom one in two wrote a text, copies of their rows, consultations among which these are spread; people of ours.
PEOPLE, COPIES, OTHERS, OWN = 400, 9, 3, 600
ADDRESS = "/en/have-your-say/parks/answer/"
# The plan is the one of large tables: by an index, where one finds the rows.
LARGE = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off"}

EVERY_MINUTE = {
    "Send, twice": lambda client, reader: send(client),
    "the form": lambda client, reader: client.get(ADDRESS),
    "the next answer to read": lambda client, reader: reading_queue.list_waiting(reader),
    "the oldest unread answer": lambda client, reader: health.oldest_unread_days(),
    "released texts": lambda client, reader: handover.list_released_keys(known=Text.objects.all()),
}
PAGES = {
    "planner": (
        "/insights/",
        "/insights/board/",
        "/insights/consultations/crowd/",
        "/insights/releases/{release}/",
        "/insights/releases/{release}/themes/lights/",
        "/insights/compare/?release={release}",
        "/insights/search/?q=lights",
        "/insights/strategy/",
        "/insights/trace/decision/{decision}/",
        "/insights/trace/consultation/crowd/",
    ),
    "engagement_officer": (
        "/insights/coding/",
        "/insights/coding/crowd/",
        "/insights/coding/texts/{text}/",
        "/insights/search/answers/?q=lights",
        "/insights/discovery/",
        "/staff/consultations/",
    ),
    "moderator": ("/staff/reading/", "/staff/reading/waiting/", "/staff/reading/done/"),
    "safeguarding_lead": ("/staff/safeguarding/", "/staff/safeguarding/times/", "/staff/safeguarding/closed/"),
}
# Tables that a sweep may read from end to end, and why; of two that it joins, the planner picks one.
MAY_READ = {
    "consultation.reading.audit_sample.actions.draw_dropped_flags": (
        {"consultation_reading", "consultation_answer"},
        "once a week: an index of days would cost each decision",
    ),
    "insights.quarter_counts.actions.freeze_last_quarter": (
        {"consultation_response"},
        "once a quarter: an index of days would cost each Send, and tell an order",
    ),
}


def fill(monkeypatch):
    """Three other consultations with 4,000 responses, and 2,000 texts that were released, coded and quoted; one of ours with
    a release and a decision; and one that is under way. Returns the names of the tables that grow with answers."""
    from tests.benchmarks import large_consultation as ours
    from tests.benchmarks import other_responses as others

    for module, name, number in ((others, "CONSULTATIONS", OTHERS), (others, "SEED", PEOPLE), (ours, "WORDY", 2)):
        monkeypatch.setattr(module, name, number)
    home = ensure_site()
    officer, colleague = (ours.member(name, "engagement_officer") for name in ("engagement_officer", "colleague"))
    others.seed_people(home, officer, colleague)
    for model in others.MODELS:
        others.multiply(model, COPIES)
    Quote.objects.update(place=1)  # arranged
    page, version = ours.survey(home)
    codebook = load_codebook(slug=page.codebook, name="Seed", themes=ours.THEMES, by=officer)
    for two_people in (officer, colleague):
        approve_version(version=codebook, by=two_people)
    ours.answers(version, OWN, codebook)
    ours.read_a_sample(page, officer)
    release, _ = ours.made_by_a_worker(page, officer)
    publish_release(release=release, by=colleague)
    ours.decide(page, release, ours.member("planner", "planner"), colleague)
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "long_text")]
    parks, reader = factories.consultation(home, items=items)[1], ours.member("moderator", "moderator")
    for words, more in (("lights", {"reader": reader}), ("benches", {})):
        factories.responses(parks, [({"a": "1"}, {"q-b": f"More {words}, says {n}."}) for n in range(20)], **more)
    arrange_desk()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {model._meta.db_table for model in others.MODELS}


@pytest.fixture(scope="module")
def big(django_db_setup, django_db_blocker):
    """The rows stay until the last test of this module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch:
        try:
            yield fill(monkeypatch)
        finally:
            shared_worlds.put_back()


def send(client):
    token = form_tokens.issue_form_token(PublishedVersion.objects.get(page__slug="parks").pk)
    for _ in range(2):  # the second is merged with the first
        client.post(ADDRESS, {"token": token, "a": "1", "b": "More lights."})


def sign_in(role):
    from tests.benchmarks.large_consultation import member

    client = Client()
    client.force_login(member(role, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("name", EVERY_MINUTE)
def test_what_comes_each_minute_finds_its_rows_by_an_index(big, name, client):
    from tests.benchmarks.large_consultation import member

    with recorded_plans(**LARGE) as plans:
        EVERY_MINUTE[name](client, member("moderator", "moderator"))
    assert plans and list_whole_reads(plans, big | {"consultation_receipt"}) == []


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_a_page_of_staff_finds_its_rows_by_an_index(big, role, path):
    release = Release.objects.get(consultation__slug="crowd")
    text = Text.objects.filter(version__page=release.consultation_id).first()
    at = path.format(release=release.pk, decision=Decision.objects.get().slug, text=text.pk)
    with recorded_plans(**LARGE) as plans:
        reply = sign_in(role).get(at)
    assert reply.status_code == (302 if path == "/staff/reading/" else 200)
    assert list_whole_reads(plans, big) == []


@pytest.mark.parametrize("sweep", sweep_schedule.SWEEPS, ids=lambda sweep: sweep.path)
def test_a_sweep_finds_its_rows_by_an_index(big, sweep):
    with recorded_plans(**LARGE) as plans:
        for part in sweep.list_parts()[:2]:
            part.run()
    may_read, _ = MAY_READ.get(sweep.path, (set(), ""))
    read = {table for table, _ in list_whole_reads(plans, big)}
    assert read <= may_read and bool(read) == bool(may_read)

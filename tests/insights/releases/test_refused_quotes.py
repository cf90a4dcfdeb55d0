"""Whoever said no to "May we show your words?" is counted, and quoted nowhere."""

import pytest

from consultation.responses.models import Response
from consultation.responses.submission import submit_response
from insights.corpus.models import Text
from insights.decisions.models import QuoteKey
from insights.exports.pdf.models import Paper, PaperKind
from insights.exports.pdf.paper_making import render_paper
from insights.publications import actions as publications
from insights.publications.results_page import build_results_page
from insights.releases.actions import approve_quote, create_release, publish_release
from insights.releases.models import Quote
from tests import factories
from tests.cms.api.conftest import administrator, let_in  # noqa: F401  (fixtures)
from tests.cms.api.test_api import asks
from tests.insights.releases.test_release import TODAY

PEOPLE = 60
NO = "refused"


@pytest.fixture
def half(parks, codebook, officer, no_noise):
    """The consultation: of sixty who wrote on lights every second one said no; all thirty who wrote on staff did."""
    from insights.coding.desk.actions import confirm_many_texts
    from insights.coding.models import Theme
    from insights.corpus.actions import take_released_texts

    page, version = parks
    for word, may_quote in ((NO, False), ("agreed", True)):
        people = [({"a": "1"}, {"q-c": f"lights {word} {n:02}"}) for n in range(PEOPLE // 2)]
        factories.responses(version, people, reader=officer, may_quote=may_quote)
    people = [({"a": "2"}, {"q-c": f"staff {NO} {n:02}"}) for n in range(30)]
    factories.responses(version, people, reader=officer, may_quote=False)
    take_released_texts()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    choices = [(text, [themes[text.text.split()[0]]]) for text in Text.objects.all()]
    confirm_many_texts(consultation=page, choices=choices, by=officer)
    return page


@pytest.fixture
def published(half, officer, colleague):
    made = create_release(consultation=half, by=officer, today=TODAY)
    return publish_release(release=made, by=colleague, today=TODAY)


@pytest.fixture
def approved(published):
    readers = [factories.staff(f"reader{n}@example.org", "insights.approve_quote") for n in range(2)]
    for quote in published.quotes.all():
        for reader in readers:
            approve_quote(quote=quote, by=reader)
    return published


def test_a_no_is_counted_and_in_no_quote(published):
    """A theme of which nobody may be quoted has its number, and no words."""
    assert sorted(published.people_by_theme().values()) == [30, PEOPLE]
    words = list(published.quotes.values_list("text", flat=True))
    assert words
    assert all("agreed" in said for said in words)


@pytest.mark.parametrize("seen_by_all", [True, False])
def test_a_no_is_in_no_paper(approved, seen_by_all):
    html = render_paper(kind=PaperKind.REPORT, subject=str(approved.pk), for_all=seen_by_all, mark="")
    assert "lights agreed" in html
    assert NO not in html


@pytest.mark.parametrize("address", ["", "themes/lights/", "themes/staff/", "figures.csv", "release.json"])
def test_a_no_is_on_no_page_and_in_no_file_of_a_report(approved, client_as, address):
    reply = client_as("planner").get(f"/insights/releases/{approved.pk}/{address}")
    assert reply.status_code == 200
    assert f" {NO} " not in b"".join(reply).decode()


def test_a_no_is_in_no_answer_of_the_api(approved, let_in):  # noqa: F811
    _, token = let_in()
    said = asks(token, f"releases/{approved.pk}/quotes").json()
    assert said
    assert all("agreed" in one["words"] for one in said)


@pytest.mark.slow
def test_no_search_of_a_planner_finds_a_no(approved, client_as):
    client = client_as("planner")
    for term in (NO, "lights"):
        assert f" {NO} " not in client.get("/insights/search/", {"q": term}).content.decode()


def test_a_no_is_on_no_public_card(approved, officer, colleague):
    words = {"heard": "It is dark.", "heard_easy": "It is dark.", "next": "", "themes": {}}
    draft = publications.begin_results(release=approved, by=officer, today=TODAY)
    draft = publications.write_results(draft, by=officer, words=words)
    results = publications.publish_results(draft, by=colleague, today=TODAY)
    said = [quote.text for theme in build_results_page(results).themes for quote in theme.quotes]
    assert said
    assert all("agreed" in text for text in said)


def test_a_yes_taken_back_in_a_second_send_leaves_every_quote_and_no_figure(approved, half, planner):
    nonce = b"sixteen bytes ok"
    version = half.versions.get()
    sent = submit_response(version=version, nonce=nonce, language="en", closed={"a": "1"}, texts={}, may_quote=True)
    quote = approved.quotes.first()
    Text.objects.filter(pk=quote.source_text_id).update(respondent=sent.response.pk)
    QuoteKey.objects.create(quote=quote, key=bytes(16))
    Paper.objects.create(kind=PaperKind.REPORT, subject=str(approved.pk), for_all=False, mark="", digest="x")
    figures = [figure.table for figure in approved.figures.order_by("pk")]
    submit_response(version=version, nonce=nonce, language="en", closed={"a": "1"}, texts={}, may_quote=False)
    quote.refresh_from_db()
    assert (quote.text, quote.erased) == ("", True)
    assert not Text.objects.get(pk=quote.source_text_id).quotable
    assert not Paper.objects.exists()
    assert not QuoteKey.objects.filter(quote=quote).exists()
    assert [figure.table for figure in approved.figures.order_by("pk")] == figures
    assert Quote.objects.filter(release=approved, erased=False).exists(), "others stay"
    assert Response.objects.get(pk=sent.response.pk).may_quote is False

"""The results page: in every language, with its poll, and with officers' preview."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from threading import Event, Semaphore

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader

from cms.site.feeds.atom_feeds import FEEDS
from cms.site.feeds.public_addresses import list_public_addresses
from cms.site.pages import results_pages as pages
from cms.site.search.search_documents import iterate_documents
from consultation.audit.models import AuditEntry
from consultation.receipts.heard_back import actions as heard
from consultation.receipts.heard_back import views as heard_views
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.respondent_pages.rate_limits import RateLimit
from insights.decisions import actions as decisions
from insights.decisions.progress.actions import note_progress
from insights.publications import actions
from insights.releases.actions import approve_quote, erase_quotes
from tests import factories
from tests.insights.decisions.conftest import said
from tests.insights.publications.test_results import TODAY

pytestmark = pytest.mark.any_database

URL = "/en/have-your-say/parks/results/"
HEARD = "/en/have-your-say/parks/heard/"


def html(client, url=URL):
    return client.get(url).content.decode()


def closed(page, *, closes, feedback=None):
    page.closes, page.feedback_date = closes, feedback
    page.save()


def decide(page, officer, colleague, day, **more):
    made = decisions.record_decision(by=officer, consultations=[page], **said(**more))
    return decisions.publish_decision(decision=made, by=colleague, today=day)


def test_nothing_is_shown_before_it_is_published_and_late_is_said(client, draft, answered):
    closed(answered, closes=date(2026, 1, 5), feedback=date(2026, 2, 2))
    page = html(client)
    assert "We have no results yet" in page and "It is dark." not in page
    assert "This is late. We said we would tell you by 2 February 2026." in page


def test_words_figures_and_decisions_stand_there_with_no_cookie(client, published, answered, officer, colleague):
    decide(answered, officer, colleague, TODAY, outcome="no", reason="There is no money.", alternative="none")
    answer = client.get(URL)
    page = answer.content.decode()
    for words in ("It is dark.", "About 50 people said this.", "About 70", "Not shown", "There is no money."):
        assert words in page
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    assert "Rare" not in page, "a theme without a number is not named"
    numbers = page[page.index('id="numbers"') : page.index('id="not-shown"')]
    folded, opened = numbers.count('<details class="fold">'), numbers.count('<details class="fold" open>')
    assert (folded, opened) == (2, 1), "sixty figures are sixty lines: the first stands open"


def test_late_stays_said_after_the_answer(client, published, answered, officer, colleague):
    decide(answered, officer, colleague, TODAY)
    closed(answered, closes=date(2026, 9, 1), feedback=date(2026, 11, 20))
    assert "We wrote back on 25 November 2026. That was late. We said 20 November 2026." in html(client)
    assert "That was late" in html(client, "/en/"), "the home page says so too"


def test_another_language_says_what_is_english_and_speaks_the_questions_own_words(client, published, parks):
    page = html(client, "/ur/have-your-say/parks/results/")
    assert '<html lang="ur" dir="rtl">' in page
    assert '<p lang="en" dir="ltr">It is dark.</p>' in page
    assert '<th scope="row" lang="en" dir="ltr"> Lights</th>' in page


def test_how_a_decision_goes_is_dated_and_who_answers_for_it_is_a_post(
    client, published, answered, officer, colleague
):
    made = decide(answered, officer, colleague, TODAY)
    note_progress(
        decision=made, by=officer, progress="started", words="Two lights are up.",
        next_update=TODAY + timedelta(days=60), today=TODAY,
    )  # fmt: skip
    page = html(client)
    assert "<b>25 November 2026</b> (We began)" in page and "Two lights are up." in page
    assert "Street lighting manager" in page and "We aim to write here again by 24 January 2027." in page


def token(page):
    return page.split('name="token" value="')[1].split('"')[0]


def test_the_poll_keeps_a_choice_and_nothing_else(client, published):
    sent = {"token": token(html(client)), "heard": "no"}
    before = AuditEntry.objects.count()
    for _ in range(2):
        answer = client.post(HEARD, sent)
        assert "We have your reply" in answer.content.decode() and not answer.cookies
    [row] = HeardAnswer.objects.values()
    assert {name: row[name] for name in row if name not in ("id", "consultation_id")} == {
        "choice": "no",
        "excluded_from_figures": False,
        "about": "",
        "settled": 0,  # lies where it was written, until the sweep of storage order moves it
    }
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("choice", "good", "says"),
    [("", True, "Pick one first"), ("maybe", True, "Pick one first"), ("yes", False, "open too long")],
)
def test_a_poll_that_cannot_be_taken_says_what_to_do(client, published, choice, good, says):
    answer = client.post(HEARD, {"token": token(html(client)) if good else "stale", "heard": choice})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not HeardAnswer.objects.exists()


def test_nobody_is_asked_whether_they_heard_back_before_there_was_anything_to_hear(client, answered):
    """No token is to be had there, and a real one changes nothing."""
    for sent in ({}, {"token": heard.issue_poll_token(answered), "heard": "yes"}):
        assert client.post(HEARD, sent).status_code == 404
    assert not HeardAnswer.objects.exists()


def test_a_flood_of_replies_is_taken_and_held(client, published, monkeypatch):
    assert heard_views.poll_flood_limit.times == settings.FLOOD_TIMES >= 200, "schools sit behind one address"
    monkeypatch.setattr(heard_views, "poll_flood_limit", RateLimit(times=20))
    for _ in range(21):
        client.post(HEARD, {"token": heard.issue_poll_token(published.consultation), "heard": "yes"})
    assert sorted(HeardAnswer.objects.values_list("excluded_from_figures", flat=True)) == [False] * 20 + [True]


def test_another_site_cannot_send_a_reply(client, published):
    sent = {"token": token(html(client)), "heard": "yes"}
    assert client.post(HEARD, sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_an_officer_looks_at_a_draft_and_nobody_else_does(client, client_as, draft):
    url = f"/insights/manage/results/{draft.pk}/preview/en/"
    seen = client_as("engagement_officer").get(url).content.decode()
    assert "It is dark." in seen and 'name="token"' not in seen
    assert client_as("planner").get(url).status_code == 403
    assert client.get(url).status_code == 302


def test_paper_is_pressed_anew_where_a_word_has_changed_and_no_disk_keeps_it(client, published, monkeypatch, officer):
    pressed = []
    monkeypatch.setattr(pages.form_pdf, "render_uncached_pdf", lambda html, style: pressed.append(html) or b"%PDF-")
    pages._pdf_cache.clear()
    for _ in range(2):
        answer = client.get(f"{URL}paper/standard/")
    assert (len(pressed), answer["Content-Type"]) == (1, "application/pdf")
    closed(published.consultation, closes=timezone.localdate() - timedelta(days=200))
    client.get(f"{URL}paper/standard/")
    assert len(pressed) == 2
    assert client.get(f"{URL}paper/other/").status_code == 404
    assert "<table>" in pressed[0] and "It is dark." in pressed[0]


def test_another_process_gives_out_no_words_that_were_taken_back(client, published, release, monkeypatch):
    """Its memory holds the sheet from before; what it gives out is asked of the page each time."""
    monkeypatch.setattr(pages.form_pdf, "render_uncached_pdf", lambda html, style: html.encode())
    pages._pdf_cache.clear()
    quote = release.quotes.filter(theme__slug="lights").first()
    for n in range(2):
        approve_quote(quote=quote, by=factories.staff(f"reader{n}@example.org", "insights.approve_quote"))
    assert quote.text in html(client, f"{URL}paper/standard/")
    assert quote.text in html(client) and f'data-nosnippet lang="{quote.language}"' in html(client)
    erase_quotes(text=quote.source_text)  # by whichever process: this one is told nothing
    assert quote.text not in html(client, f"{URL}paper/standard/") + html(client)


def test_the_sheet_that_was_pressed_the_longest_ago_makes_room(monkeypatch):
    pressed = []
    monkeypatch.setattr(pages.form_pdf, "render_uncached_pdf", lambda html, style: pressed.append(html) or b"%PDF-")
    monkeypatch.setattr(pages, "MOST_CACHED_PDFS", 2)
    pages._pdf_cache.clear()
    for name in ("a", "b", "a", "c"):
        pages._render_cached_pdf(name, (name,))
    assert pressed == ["a", "b", "c"] and list(pages._pdf_cache) == [("b",), ("c",)]


def test_whoever_asks_for_many_sheets_at_once_holds_two_threads_of_a_process(client, published, monkeypatch):
    """Others are told at once to come back; what is pressed already is given out all the while."""
    begun, may_end = Semaphore(0), Event()

    def press_slowly(html, style):
        begun.release()
        assert may_end.wait(20)
        return html.encode()

    monkeypatch.setattr(pages.form_pdf, "render_uncached_pdf", press_slowly)
    pages._pdf_cache.clear()
    pages._pdf_cache["kept",] = sha256(b"kept").digest(), b"kept"
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(pages._render_cached_pdf, name, (name,)) for name in "ab"]
        assert begun.acquire(timeout=20)
        while pages._pdf_places.acquire(blocking=False):  # the second has not come yet
            pages._pdf_places.release()
        busy = client.get(f"{URL}paper/standard/")
        assert busy.status_code == 503 and "Wait a minute and try again" in busy.content.decode()
        assert pages._render_cached_pdf("kept", ("kept",)) == b"kept"
        may_end.set()
        assert [one.result() for one in waiting] == [b"a", b"b"]
    assert client.get(f"{URL}paper/standard/").status_code == 200


def test_a_card_calls_a_theme_as_the_results_do(client, published, answered, officer, colleague):
    """The codebook's own name may be one that nobody should read over a child's shoulder (A3)."""
    theme = published.release.codebook_version.entries.get(theme__slug="lights").theme
    words = {"en": published.words["en"] | {"themes": {str(theme.pk): "Dark paths"}}}
    type(published).objects.filter(pk=published.pk).update(words=words)
    made = decisions.record_decision(by=officer, consultations=[answered], **said())
    decisions.cite_theme(decision=made, by=officer, release=published.release, theme=theme)
    decisions.publish_decision(decision=made, by=colleague, today=TODAY)
    for url in (URL, "/en/you-said-we-did/", "/ur/you-said-we-did/"):
        page = html(client, url)
        assert "Dark paths" in page and "Lights</span>" not in page
    assert '<span lang="en" dir="ltr">Dark paths</span>' in page


def test_each_theme_has_its_reply_or_says_that_there_is_none(
    client, client_as, published, answered, officer, colleague
):
    made = decisions.record_decision(
        by=officer, consultations=[answered], **said(outcome="no", reason="None.", alternative="none")
    )
    theme = published.release.codebook_version.entries.get(theme__slug="lights").theme
    decisions.cite_theme(decision=made, by=officer, release=published.release, theme=theme)
    decisions.publish_decision(decision=made, by=colleague, today=TODAY)
    page = html(client)
    assert 'What we said back: <a href="#lights-first">Lights on the main paths</a> (No)' in page
    assert page.count("We have not said what we will do about this yet.") == 1
    how = f"/en/you-said-we-did/{made.slug}/#e-{made.citations.get().pk}"
    assert how in page, "the card leads to how we know"
    assert f"/en/have-your-say/parks/results/#t-{theme.pk}" in client.get(how.partition("#")[0]).content.decode()
    board = client_as("engagement_officer").get("/insights/manage/results/of/parks/").content.decode()
    assert "Themes without a reply" in board and "<li>Staff, about 26 people</li>" in board


def test_both_limits_below_which_numbers_hide_are_said(client, published):
    """A grave theme of 5 to 9 people is hidden: the page does not leave a reader with "under 5" alone."""
    rules = published.release.rules
    limits = [f"a number under {rules[name]}." for name in ("threshold", "threshold_sensitive")]
    assert limits == ["a number under 5.", "a number under 10."] and all(words in html(client) for words in limits)
    type(published.release).objects.filter(pk=published.release.pk).update(rules=rules | {"threshold": 10})
    assert html(client).count("a number under") == 1, "one limit, said once"


def test_a_decision_against_a_theme_is_not_told_as_our_answer_to_it(client, published, answered, officer, colleague):
    """A child who asked for lights reads that the decision went another way, not that it is what they were told."""
    made = decisions.record_decision(by=officer, consultations=[answered], **said())
    lights = published.release.codebook_version.entries.get(theme__slug="lights").theme
    decisions.cite_theme(decision=made, by=officer, release=published.release, theme=lights, bearing="challenges")
    decisions.publish_decision(decision=made, by=colleague, today=TODAY)
    (answer,) = BeautifulSoup(html(client), "html.parser").select(f"#t-{lights.pk} .ask-us")
    told = " ".join(answer.get_text(" ").split())
    assert told == "Some of you wanted something else. We read it too. Lights on the main paths (Yes)"
    assert answer.a["href"] == "#lights-first"


def test_words_that_are_hard_to_read_are_said_to_be_before_they_are_published(client_as, draft, officer):
    hard = "Considerable infrastructural inadequacies necessitate comprehensive reconsideration of illumination."
    actions.write_results(draft, by=officer, words={"heard": hard})
    page = client_as("engagement_officer").get("/insights/manage/results/of/parks/").content.decode()
    assert "Hard to read." in page and "9 is the most" in page


def test_search_the_map_of_the_site_and_a_feed_lead_to_it(published, settings):
    (found,) = [each for each in iterate_documents("en") if each.path == URL]
    assert found.title == f"What people said: {published.consultation.title}" and "Rare" not in found.more
    assert URL in [each.path for each in list_public_addresses()]
    assert [path for _, _, path, _ in FEEDS["results"][2]("en")] == [URL]


FOR_OTHERS = {"for": {"parents-carers": "Walk the path with your child.", "professionals": "Ask about the way home."}}


@pytest.fixture
def told(draft, officer, colleague):
    """Published with words for parents, and for people who work with children."""
    long = {"heard_easy": "It is dark. " * 45 + "You want lights."}
    actions.write_results(draft, by=officer, words=draft.words["en"] | FOR_OTHERS | long)
    return actions.publish_results(draft, by=colleague, today=TODAY, hard_because="It is the name of a law.")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("kind", ["poster", "poster-parents-carers"])
def test_a_poster_is_one_page_that_leads_to_all_of_it_without_a_parameter(client, told, kind, language):
    pages._pdf_cache.clear()
    answer = client.get(f"/{language}/have-your-say/parks/results/paper/{kind}/")
    found = PdfReader(io.BytesIO(answer.content))
    words = "".join(found.pages[0].extract_text().split())
    assert len(found.pages) == 1 and f"/{language}/have-your-say/parks/results" in words and "?" not in words
    assert ("Walkthepath" in words) == (kind != "poster")
    assert client.get(f"{URL}paper/poster-communities/").status_code == 404, "there are no words for them"

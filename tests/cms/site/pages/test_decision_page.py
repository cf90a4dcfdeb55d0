"""The page of a decision and its list: evidence, outcome, poll, and successor."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from cms.site.pages.decision_cards import build_consultation_cards
from consultation.domain.calendar_quarters import Quarter
from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.evidence.actions import cite_figure
from insights.decisions.models import Decision, FollowKind
from insights.decisions.outcomes import actions, change_polls
from insights.decisions.progress.actions import note_progress
from insights.decisions.translations.actions import confirm_translation, translate_decision
from insights.releases.models import Quote
from tests import factories
from tests.cms.demo.number_evidence import Site, ungrounded
from tests.insights.conftest import codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said
from tests.insights.decisions.outcomes.conftest import (  # noqa: F401
    DECIDED,
    WORDS,
    add_quarters,
    decision,
    earlier,
    later,
    made_release,
    next_wave,
    planner,
)

LIST = "/en/you-said-we-did/"


@pytest.fixture
def cited(parks, planner, officer, earlier):  # noqa: F811
    made = record_decision(by=planner, consultations=[parks[0]], **said(decided=DECIDED))
    cite_theme(decision=made, by=planner, release=earlier, theme=Theme.objects.get(slug="lights"))
    return publish_decision(decision=made, by=officer, today=DECIDED)


def read(client, path):
    return client.get(path).content.decode()


def test_how_we_know_is_one_link_from_a_number_and_shows_the_same_number(client, cited):
    anchor = f"{LIST}{cited.slug}/#e-{cited.citations.get().pk}"
    html = read(client, LIST)
    assert "About 50 people said this." in html and f'href="{anchor}"' in html
    there = read(client, anchor).split('id="e-')[1].split("</li>")[0]
    for shown in ("About 50 people said this.", "About 100 people wrote to us here.", "Results 1, made on", "Parks"):
        assert shown in there, shown
    assert "We do not know yet." in read(client, anchor)


@pytest.fixture
def disputed(parks, codebook, planner, colleague):  # noqa: F811
    """Lights speak for it; staff speak against it, with a quote for everyone, and so does an answer to a question."""
    page, version = parks
    release = frozen_releases.make_release(
        version, codebook, {"lights": 50, "staff": 25}, [("staff", "q-c", "Send adults.")]
    )
    quote = Quote.objects.get(text="Send adults.")
    quote.public_approved_by.add(planner, colleague)
    made = record_decision(by=planner, consultations=[page], **said(decided=DECIDED))
    cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    cite_theme(decision=made, by=planner, release=release, theme=quote.theme, quote=quote, bearing="challenges")
    cite_figure(decision=made, by=planner, figure=release.figures.get(kind="question"), row="1", bearing="challenges")
    return publish_decision(decision=made, by=colleague, today=DECIDED)


@pytest.mark.usefixtures("quick_hash")
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_what_speaks_against_a_decision_never_stands_under_you_said(client, disputed, parks, language):  # noqa: F811
    """On its card in the list, on its page and on results; and a receipt names no theme that speaks against it."""
    with override(language):
        heading, other = get_text("ysd.said"), get_text("ysd.other")
        card = render_to_string(
            "components/decision_card.html",
            {"card": build_consultation_cards(parks[0], language)[0], "language": language},
        )
    assert language == "en" or other != "Some of you wanted something else"
    words = issue_words(response=factories.response(parks[1], closed={"a": "1"}))
    receipt = BeautifulSoup(client.post(f"/{language}/receipt/", {"words": " ".join(words)}).content, "html.parser")
    (line,) = receipt.select("ul.lines > li")
    assert line.find_previous("h3").get_text(strip=True) == "Lights" and "We will put up ten lights." in line.text
    assert f"/{language}/you-said-we-did/{disputed.slug}/" in {link["href"] for link in line.select("a")}
    assert "Staff" not in receipt.main.text and "Send adults." not in receipt.main.text
    for html in (card, *(read(client, f"/{language}/you-said-we-did/{rest}") for rest in ("", f"{disputed.slug}/"))):
        sides = BeautifulSoup(html, "html.parser").select(".talk .you")
        you, others = (" ".join(side.get_text(" ").split()) for side in sides)
        assert you.startswith(heading) and "Lights" in you and "Staff" not in you and "Send adults." not in you
        assert others.startswith(other) and "Staff" in others and "Send adults." in others and "Lights" not in others
    page = read(client, f"/{language}/you-said-we-did/{disputed.slug}/")
    items = BeautifulSoup(page, "html.parser").select("#how ~ ul.themes > li")
    with override(language):
        marked = [get_text("how.against") in item.get_text(" ") for item in items]
    assert marked == [False, True, True]


def test_planners_see_apart_what_speaks_against_a_decision(client, disputed, planner):  # noqa: F811
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = BeautifulSoup(read(client, f"/insights/decisions/{disputed.slug}/"), "html.parser")
    you, others = page.select("#what ~ .said")
    assert "Lights" in you.text and "Staff" not in you.text and "answers to" not in you.text
    assert others.find_previous("h3").text == "Others wanted something else"
    assert "Staff" in others.text and "answers to 1 question" in " ".join(others.text.split())
    rows = [(row.h3.text, row.select_one(".tag").text.strip()) for row in page.select("#evidence ~ .rows > li")]
    assert rows == [("Lights", "For it"), ("Staff", "Against it"), ("Question a?", "Against it")]


def test_more_words_ask_the_database_no_more(parks, codebook, planner, colleague, client):  # noqa: F811
    page, version = parks
    words = [("lights", "q-c", f"Light path {n}.") for n in range(6)]
    release = frozen_releases.make_release(version, codebook, {"lights": 50}, words)
    quotes = list(Quote.objects.order_by("pk"))
    for quote in quotes:
        quote.public_approved_by.add(planner, colleague)
    asked = []
    for slug, cites in (("one", quotes[:1]), ("all", quotes)):
        made = record_decision(by=planner, consultations=[page], **said(slug=slug, decided=DECIDED))
        for quote in cites:
            cite_theme(decision=made, by=planner, release=release, theme=quote.theme, quote=quote)
        publish_decision(decision=made, by=colleague)
        read(client, f"{LIST}{slug}/")
        with CaptureQueriesContext(connection) as queries:
            html = read(client, f"{LIST}{slug}/")
        asked.append(len(queries))
        assert "Light path 0." in html and "Question c?" in html
    assert asked[0] == asked[1] and "Light path 5." in html


def test_more_surveys_ask_the_database_no_more(
    home, codebook, planner, colleague, client, django_assert_max_num_queries  # noqa: F811
):  # fmt: skip
    """On the page of a decision, and on the list where a survey can be chosen; in another language, where titles differ."""
    asked = [factories.question("c", "long_text")]
    versions = [factories.consultation(home, slug=f"s{n}", title=f"Survey {n}", items=asked)[1] for n in range(6)]
    cites = [(version, frozen_releases.make_release(version, codebook, {"lights": 50})) for version in versions]

    def decide(slug, cited):
        made = record_decision(
            by=planner, consultations=[version.page for version, _ in cited], **said(slug=slug, decided=DECIDED)
        )
        for _, release in cited:
            cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
        publish_decision(decision=made, by=colleague)

    counts = {}
    decide("one", cites[:1])
    assert "(<span" not in read(client, "/pl/you-said-we-did/one/").split('id="how"')[0], "one survey needs no name"
    decide("two", cites[:2])
    for path in ("/pl/you-said-we-did/two/", "/pl/you-said-we-did/"):
        read(client, path)
        with CaptureQueriesContext(connection) as queries:
            read(client, path)
        counts[path] = len(queries)
    decide("six", cites)
    with django_assert_max_num_queries(counts["/pl/you-said-we-did/two/"]):
        html = read(client, "/pl/you-said-we-did/six/")
    assert html.count("Survey 5") and html.count('id="e-') == 6
    lines = [" ".join(line.text.split()) for line in BeautifulSoup(html, "html.parser").select(".talk .you p.small")]
    assert len({line.partition(":")[0] for line in lines}) == 6, "six numbers of one theme, each of its survey"
    assert '(<span lang="en" dir="ltr">Survey 5</span>)' in html
    with django_assert_max_num_queries(counts["/pl/you-said-we-did/"]):
        assert "Survey 5" in read(client, "/pl/you-said-we-did/")


def test_what_came_of_it_shows_when_two_people_said_so_with_its_range(
    client, cited, later, earlier, planner, colleague  # noqa: F811
):  # fmt: skip
    draft = actions.draft_outcome(decision=cited, by=planner, verdict="not", words=WORDS)
    actions.cite_answer(
        update=draft, by=planner, release=later, question="q-a", option="yes", bearing="worked", before=earlier
    )
    page = f"{LIST}{cited.slug}/"
    assert WORDS["words"] not in read(client, page)
    actions.publish_outcome(draft, by=colleague, today=timezone.localdate())
    html = read(client, page).replace("\u2068", "").replace("\u2069", "")
    for shown in (WORDS["words"], "It did not help.", "Before: about 60 of 200 people.", "Now: about 150 of 200 people.",
                  "More people say this now."):  # fmt: skip
        assert shown in html, shown
    change = draft.evidence.get().seen["change"]
    assert f"from {change['low']} to {change['high']}" in html
    assert WORDS["words"] in read(client, LIST)
    with override("ur"):
        urdu = read(client, page.replace("/en/", "/ur/"))
        assert get_text("came.not") in urdu and f'<div lang="en" dir="ltr"><p>{WORDS["words"]}' in urdu


def test_a_change_between_two_quarters_of_one_release_is_told_as_before_and_now(
    client, cited, parks, planner, officer, colleague  # noqa: F811
):  # fmt: skip
    whole = made_release(parks[0], 2, date(2027, 1, 15), yes=150, lights=20, by=officer, colleague=colleague)
    add_quarters(whole, {"2026-q2": 60, "2026-q4": 150})
    draft = actions.draft_outcome(decision=cited, by=planner, verdict="worked", words=WORDS)
    actions.cite_answer(
        update=draft, by=planner, release=whole, question="2026-q4|q-a", option="yes", bearing="worked",
        before=Quarter(2026, 2),
    )  # fmt: skip
    actions.publish_outcome(draft, by=colleague, today=timezone.localdate())
    html = read(client, f"{LIST}{cited.slug}/").replace("\u2068", "").replace("\u2069", "")
    for shown in ("Before: about 60 of 200 people.", "Now: about 150 of 200 people.", "More people say this now."):
        assert shown in html, shown


def test_in_urdu_what_is_not_translated_is_english_and_says_so(client, cited, officer, colleague):  # noqa: F811
    """The page runs from right to left; each English word is marked, the title in its way and heading too."""
    page, listed = f"/ur/you-said-we-did/{cited.slug}/", "/ur/you-said-we-did/"

    def in_urdu(path):
        with override("ur"):
            return read(client, path), get_text("results.english")

    def put(**words):
        translate_decision(cited, by=officer, language="ur", words=words)
        confirm_translation(cited, by=colleague, language="ur")

    put(we_did="ہم دس بتیاں لگائیں گے۔")
    html, notice = in_urdu(page)
    assert re.search('<html[^>]* lang="ur"[^>]* dir="rtl"|<html[^>]* dir="rtl"[^>]* lang="ur"', html)
    assert f'<h1 lang="en" dir="ltr">{cited.title}</h1>' in html
    assert f'<li aria-current="page" lang="en" dir="ltr">{cited.title}</li>' in html
    assert "<p>ہم دس بتیاں لگائیں گے۔</p>" in html and f'<p lang="en" dir="ltr">{cited.we_asked}</p>' in html
    assert notice in html and notice in in_urdu(listed)[0]
    everything = {"title": "راستوں پر روشنی", "we_asked": "کیا مدد دے گا؟", "you_said": "آپ روشنی چاہتے ہیں۔"}
    put(we_did="ہم دس بتیاں لگائیں گے۔", **everything)
    html, notice = in_urdu(page)
    assert "<h1>راستوں پر روشنی</h1>" in html and notice not in html and cited.title not in html
    note_progress(decision=cited, by=colleague, progress="done", words="They are up.")
    html, notice = in_urdu(page)
    assert '<span lang="en" dir="ltr">They are up.</span>' in html and notice in html, "news in English says so, too"


def test_a_poll_takes_a_choice_and_nothing_else(client, cited, officer, colleague):  # noqa: F811
    today = timezone.localdate()
    page = f"{LIST}{cited.slug}/"
    poll = change_polls.draft_poll(decision=cited, by=officer, opens=today, closes=today + timedelta(days=9))
    assert "Did this change anything for you?" not in read(client, page)
    assert client.post(page, {"token": "x", "heard": "yes"}).status_code == 200, "nothing is asked: nothing is taken"
    change_polls.publish_poll(poll, by=colleague)
    asked = client.get(page)
    token = asked.content.decode().split('name="token" value="')[1].split('"')[0]
    assert "Did this change anything for you?" in asked.content.decode() and f'href="{page}#change"' in read(
        client, LIST
    )
    for wrong in ({"token": token}, {"token": token, "heard": "maybe"}, {"token": "x", "heard": "yes"}):
        refused = client.post(page, wrong)
        assert refused.status_code == 422 and "othing was sent." in refused.content.decode()
    for _ in range(2):
        sent = client.post(page, {"token": token, "heard": "partly"})
        assert sent.status_code == 200 and "We have your reply." in sent.content.decode()
    kept = HeardAnswer.objects.get()
    assert (kept.choice, kept.about, kept.consultation) == ("partly", poll.about, poll.consultation)
    assert not asked.cookies and not sent.cookies and sent["Cache-Control"] == "no-store"
    assert (
        client.post(page, {"token": token, "heard": "no"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )


def test_a_decision_whose_place_was_taken_says_so_and_leads_there_and_back(client, cited, parks, planner, colleague):  # noqa: F811
    new = record_decision(
        by=planner, consultations=[parks[0]], follows=cited, follows_how=FollowKind.REPLACES,
        **said(slug="twenty-lights", title="Twenty lights", decided=date(2026, 10, 1)),
    )  # fmt: skip
    old_page, new_page = (f"{LIST}{one.slug}/" for one in (cited, new))
    assert "This is old." not in read(client, old_page)
    publish_decision(decision=new, by=colleague)
    for html in (read(client, old_page), read(client, LIST)):
        assert "This is old. Here is what we say now:" in html and f'href="{new_page}"' in html
    assert "This takes the place of what we said before:" in read(client, new_page)
    by_slug = {
        card["decision"].slug: card for card in build_consultation_cards(parks[0], "en")
    }  # what each receipt shows
    assert by_slug.keys() == {cited.slug, new.slug} and by_slug[cited.slug]["replaced"]
    assert client.get(f"{LIST}no-such-answer/").status_code == 404


@pytest.mark.slow
def test_the_list_is_chosen_from_by_survey_area_theme_and_answer_and_turns_its_pages(
    client, cited, parks, planner, colleague  # noqa: F811
):  # fmt: skip
    ThemeEntry.objects.update(family="places")
    for n in range(11):
        no = {"outcome": "no", "reason": "Money.", "alternative": "none"}
        made = record_decision(by=planner, consultations=[parks[0]], **said(slug=f"no-{n}", title=f"Not {n}", **no))
        publish_decision(decision=made, by=colleague)
    theme = Theme.objects.get(slug="lights").pk
    assert read(client, LIST).count('class="card"') == 10
    assert read(client, f"{LIST}?page=2").count('class="card"') == 2
    found = {"survey=parks": 12, "about=places": 1, f"theme={theme}": 1, "answer=no": 11}
    for query, number in (
        found | {f"answer=no&theme={theme}": 0, "theme=x": 0, "survey=nowhere": 0, "answer=late": 0}
    ).items():
        html = read(client, f"{LIST}?{query}")
        assert f"Found: {number}" in html.replace("\u2068", "").replace("\u2069", ""), query
        assert ("There is nothing like that here." in html) is (number == 0), query
        assert f'href="/ur/you-said-we-did/?{query.replace("&", "&amp;")}' in html or number == 0, query
    assert "answer=no&amp;page=2" in read(client, f"{LIST}?answer=no")
    assert '<option value="no" selected>No</option>' in read(client, f"{LIST}?answer=no")
    ThemeEntry.objects.update(label="Criminal exploitation")
    assert "xploitation" not in read(client, LIST).partition("<form")[2].partition("</form>")[0]


def test_a_loud_title_is_not_published(cited, parks, planner, colleague):  # noqa: F811
    from django.core.exceptions import ValidationError

    loud = record_decision(by=planner, consultations=[parks[0]], **said(slug="loud", title="Abuse in parks"))
    with pytest.raises(ValidationError, match="quieter"):
        publish_decision(decision=loud, by=colleague)
    assert Decision.objects.published().get() == cited


@pytest.mark.slow
def test_a_number_without_ground_is_found_wherever_it_is_planted(client, cited, later, earlier, planner, colleague):  # noqa: F811
    """The walk from every number to its evidence (tests.cms.demo.number_evidence) finds nothing here, and can fail."""
    draft = actions.draft_outcome(
        decision=cited, by=planner, verdict="worked", words=WORDS | {"words": "We put up 12 lights."}
    )
    actions.cite_answer(
        update=draft, by=planner, release=later, question="q-a", option="yes", bearing="worked", before=earlier
    )
    actions.publish_outcome(draft, by=colleague)
    page = f"{LIST}{cited.slug}/"

    def walked(alter=lambda path, html: html):
        site = Site(client, alter)
        found = {
            path: ungrounded(site, path, main) for path, main in site.walk(LIST, lambda url: url.startswith(LIST))
        }
        assert {LIST, f"{LIST}?answer=yes", page} <= set(found)
        return {path: {number for number, _ in bad} for path, bad in found.items() if bad}

    def planted(where, real, other):
        def alter(path, html):
            return html.replace("\u2068", "").replace("\u2069", "").replace(real, other) if path == where else html

        return alter

    assert walked() == {}
    assert walked(planted(LIST, "About 50 people", "About 55 people")) == {LIST: {"55"}}, (
        "a card that shows another number"
    )
    assert walked(planted(page, "about 150 of", "about 155 of")) == {page: {"155"}}, "evidence that no release holds"
    assert walked(planted(page, "12 lights", "13 lights")) == {page: {"13"}}, "words that the record does not say"
    assert walked(planted(LIST, "</h1>", "</h1><p>90 children said so.</p>")) == {LIST: {"90"}}, (
        "a number beside no link"
    )
    linked = f'</h1><p>90 children said so. <a href="{page}">See</a></p>'
    assert walked(planted(LIST, "</h1>", linked)) == {LIST: {"90"}}, "a link to a page that does not show it"

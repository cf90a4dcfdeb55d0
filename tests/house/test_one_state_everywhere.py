"""What a page says of a consultation's state and days is what surveys.consultation_state says, on every page."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.utils import timezone

from consultation.interface_text import get_text
from consultation.surveys.closing.actions import close_survey
from consultation.surveys.consultation_state import Stage
from consultation.surveys.models import ConsultationPage
from tests.factories import consultation, staff

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# (first day, last day) in days from today, and whether it was stopped today.
CASES = {
    "open": (-3, 9, False),
    "endless": (-3, None, False),
    "coming": (4, 9, False),
    "closed": (-20, -3, False),
    "stopped": (0, 9, True),
    "late": (-9, 9, True),
    "never": (2, 1, False),
    "past": (-1, -2, False),
}
# Lists of staff, with who opens them.
LISTS = (
    ("engagement_officer", "/staff/consultations/"),
    ("safeguarding_lead", "/staff/consultations/"),
    ("engagement_officer", "/staff/sessions/"),
    ("engagement_officer", "/staff/start/"),
    ("engagement_officer", "/insights/representation/"),
    ("engagement_officer", "/insights/consultations/"),
    ("moderator", "/staff/paper/"),
    ("moderator", "/staff/imports/"),
)
# Pages of one consultation.
PAGES = (
    ("engagement_officer", "/staff/consultations/{slug}/"),
    ("engagement_officer", "/staff/promotion/{pk}/"),
    ("engagement_officer", "/insights/consultations/{slug}/"),
)


@pytest.fixture
def cases(home):
    """One consultation a case."""
    today, officer, made = timezone.localdate(), staff(), []
    for name, (first, last, stopped) in CASES.items():
        days = {"opens": today + timedelta(days=first), "closes": last and today + timedelta(days=last)}
        page, _ = consultation(home, slug=name, title=f"Parks {name}", ways=["own"])
        ConsultationPage.objects.filter(pk=page.pk).update(
            **days
        )  # as a postponed opening does, past the last day too
        if stopped:
            close_survey(page=page, by=officer, reason="Too many", said="many")
        made.append(ConsultationPage.objects.get(pk=page.pk))
    return made


def words_of(answer):
    """The text of a page's rows and cards, without markup, in one line each."""
    html = re.sub(r"<script.*?</script>|<style.*?</style>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("⁨", "").replace("⁩", "")


def say_state(page):
    return re.sub(r"\s+", " ", page.state.says)


SENTENCES = re.compile(r"(?:Open until|Opens on|Closed on|Stopped on|Never opened|Does not open|Open, with)[^.]*\.")


def test_the_cases_are_of_every_stage_that_is_published(cases):
    stages = {page.state.stage for page in cases}
    assert stages == {Stage.OPEN, Stage.COMING, Stage.CLOSED, Stage.NEVER_OPENED}


@pytest.mark.parametrize(("role", "address"), LISTS)
def test_a_list_says_of_each_what_the_function_says(cases, client_as, role, address):
    shown = words_of(client_as(role).get(address))
    for page in cases:
        assert page.title in shown and say_state(page) in shown, page.slug
    assert set(SENTENCES.findall(shown)) <= {
        sentence for page in cases for sentence in SENTENCES.findall(say_state(page))
    }


@pytest.mark.slow
@pytest.mark.parametrize(("role", "address"), PAGES)
def test_a_page_of_one_says_what_the_function_says(cases, client_as, role, address):
    client = client_as(role)
    for page in cases:
        shown = words_of(client.get(address.format(pk=page.pk, slug=page.slug)))
        assert SENTENCES.findall(shown) == SENTENCES.findall(say_state(page)), page.slug


def test_the_pages_of_dates_and_stops_say_it(cases, client_as):
    client = client_as("engagement_officer")
    dates, stops = words_of(client.get("/staff/dates/")), words_of(client.get("/staff/closing/"))
    for page in cases:
        state = page.state
        assert (say_state(page) in dates) == (page.title in dates), page.slug
        if state.is_open or state.is_coming:
            assert say_state(page) in dates
        if state.is_open or state.stopped:
            assert say_state(page) in stops


PUBLIC = re.compile(r"(?:Open until|Opens on|This opens on|Closed on|No end date)[^.!]*?20\d\d|No end date")


@pytest.mark.parametrize("address", ["/en/have-your-say/{slug}/", "/en/have-your-say/{slug}/listening/"])
def test_a_public_page_of_one_says_one_thing(cases, client, address):
    for page in cases:
        state = page.state
        answer = client.get(address.format(slug=page.slug), follow=True)
        assert answer.status_code == 200
        said = {each.replace("This opens", "Opens") for each in PUBLIC.findall(words_of(answer))}
        expected = get_text(state.word, date=state.word_day).replace("⁨", "").replace("⁩", "")
        assert said <= {expected}, page.slug
        assert state.word == "home.none" or said == {expected}, page.slug


def test_the_closed_page_says_the_same_as_the_landing_page(cases, client):
    for page in cases:
        if page.state.is_open:
            continue
        shown = words_of(client.get(f"/en/have-your-say/{page.slug}/answer/"))
        said = {each.replace("This opens", "Opens") for each in PUBLIC.findall(shown)}
        expected = get_text(page.state.word, date=page.state.word_day).replace("⁨", "").replace("⁩", "")
        assert said == (set() if page.state.word == "home.none" else {expected}), page.slug


def test_the_index_lists_each_once_and_none_that_never_opens(cases, client):
    shown = words_of(client.get("/en/have-your-say/"))
    for page in cases:
        assert shown.count(page.title) == (0 if page.state.stage is Stage.NEVER_OPENED else 1), page.slug


def test_wagtails_list_says_the_state_where_it_said_live(cases, client_as):
    parent = cases[0].get_parent()
    shown = words_of(client_as("engagement_officer").get(f"/staff/pages/{parent.pk}/"))
    for page in cases:
        assert page.status_string == page.state.label.lower() and page.status_string in shown
    page = cases[0]
    page.save_revision()
    assert ConsultationPage.objects.get(pk=page.pk).status_string == f"{page.state.label.lower()} + draft"


def test_no_template_makes_a_sentence_of_a_consultations_days():
    """They come by its state: `page.state.says`, `state.word`, `state.last_day`."""
    days = re.compile(r"\b(?:page|source|consultation)\.(?:opens|closes)\b")
    assert [
        path.name for path in sorted(TEMPLATES.rglob("*.html")) if days.search(path.read_text(encoding="utf-8"))
    ] == []

"""Respondents' pages: fixed headers, no cookie, no session, neutral words; and the survey's markup."""

import gzip
import logging
import re

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.translation import override

from consultation.channels.web import form_tokens
from consultation.channels.web.log_redaction import StripPersonalDataFilter
from consultation.channels.web.survey_rendering import render_survey
from consultation.interface_text import get_text
from consultation.surveys.models import ConsultationPage
from tests.consultation.channels.conftest import ADDRESS, all_types, token_in
from tests.domain_tables import RESPONDENT_HEADERS
from tests.factories import content

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
LANGUAGES = [code for code, _ in django_settings.LANGUAGES]
QUIET = re.compile(r"exploit|abuse|\bcse\b|safeguard", re.I)


def check(response, status):
    assert response.status_code == status
    for name, value in RESPONDENT_HEADERS.items():
        assert response.get(name) == value, name
    assert not response.cookies
    assert "Set-Cookie" not in response
    assert "Content-Security-Policy-Report-Only" not in response


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (ADDRESS, 200),
        ("/ur/have-your-say/parks/answer/", 200),
        ("/en/have-your-say/parks/answer", 301),
        ("/en/have-your-say/nothing/answer/", 404),
        ("/en/nothing-here/", 404),
        ("/nothing-here/", 302),
        ("/", 302),
        ("/en/receipt/", 200),
        ("/en/receipt/words/", 405),
    ],
)
def test_every_page_has_exactly_these_headers_and_no_cookie(client, published, address, status):
    check(client.get(address), status)


def test_the_answers_to_a_post_have_them_too(client, send, published):
    kept = send({"h": "Too dark."})
    check(kept, 200)
    assert kept["Clear-Site-Data"] == '"cache", "storage"'
    for response, status in (
        (send({}), 422),
        (send({"h": "x"}, token="none"), 422),
        (send({"h": "x"}, **{"sec-fetch-site": "cross-site"}), 403),
        (client.post("/en/receipt/", {"words": "one two three four"}), 422),
        (
            client.generic(
                "POST", ADDRESS, b"h=" + b"x" * 3_000_000, content_type="application/x-www-form-urlencoded"
            ),
            413,
        ),
    ):
        check(response, status)
        assert "Clear-Site-Data" not in response


def test_a_broken_page_is_quiet_and_logs_class_view_and_places_in_the_code_alone(published, monkeypatch, caplog):
    from consultation.channels.web import views

    def broken(*_):
        raise ZeroDivisionError("a name")

    monkeypatch.setattr(views.published_versions, "find_current_version", broken)
    response = Client(raise_request_exception=False).get(f"{ADDRESS}?q=secret")
    check(response, 500)
    assert "That is our fault" in response.content.decode()
    [error] = [record.getMessage() for record in caplog.records if record.name == "voice.errors"]
    assert re.match(
        r"failure [0-9a-f]{8} in answering:survey: ZeroDivisionError at tests/[\w/.]+py:\d+ broken < ", error
    )
    assert "< consultation/channels/web/views.py:" in error and "a name" not in error and "secret" not in error


def test_a_broken_page_of_staff_shows_the_number_of_the_line_in_the_log(client_as, monkeypatch, caplog):
    officer = client_as("engagement_officer")
    officer.raise_request_exception = False
    monkeypatch.setattr("cms.staff.task_list.views.visible_tasks", lambda *tasks, **who: 1 / 0)
    page = officer.get("/staff/task-list/")
    [number] = re.findall(r"failure ([0-9a-f]{8}) in \S+: ZeroDivisionError", caplog.text)
    assert page.status_code == 500 and f"this number: <b>{number}</b>" in page.content.decode()


def test_nobody_is_looked_up(client, published, django_assert_num_queries):
    with django_assert_num_queries(2):  # the version, its content
        client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    assert Session.objects.count() == 0


def test_staff_keep_their_session_and_respondents_pages_do_not_touch_it(client_as, published):
    client = client_as("planner")
    cookie = client.cookies["staff"].value
    response = client.get(ADDRESS)
    check(response, 200)
    assert client.cookies["staff"].value == cookie


def test_before_and_after_it_is_open(client, published):
    ConsultationPage.objects.update(closes="2020-01-01")
    assert "This has closed" in client.get(ADDRESS).content.decode()
    ConsultationPage.objects.update(closes=None, opens="2999-01-01")
    page = client.get(ADDRESS).content.decode()
    assert "This opens on 1 January 2999." in page
    assert "<form" not in page


def test_free_text_can_be_closed_at_once(client, send, published):
    token = token_in(client.get(ADDRESS))
    ConsultationPage.objects.update(free_text_closed=True)
    page = client.get(ADDRESS).content.decode()
    assert "<textarea" not in page
    assert "Question a?" in page
    assert send({"h": "Typed before."}, token=token).status_code == 200


# The markup.


@pytest.fixture
def survey(client, published):
    return client.get(ADDRESS).content.decode()


def test_one_form_with_a_guard_before_all_other_buttons(survey):
    assert survey.count("<form") == 1
    form = survey[survey.index("<form") :]
    assert re.search(r"<button[^>]*>", form)[0] == '<button hidden formmethod="dialog" formaction="about:blank">'
    assert 'method="post"' in form[:200]
    assert 'autocomplete="off"' in form[:200]


def test_text_is_kept_from_checkers_and_translators(survey):
    for area in re.findall(r"<textarea[^>]*>", survey):
        for attribute in (
            'autocomplete="off"', 'autocorrect="off"', 'spellcheck="false"', 'writingsuggestions="false"',
            'data-gramm="false"', 'translate="no"',
        ):  # fmt: skip
            assert attribute in area


def test_an_empty_text_is_empty(survey):
    """A space in it would count as an answer, on the check page too."""
    assert survey.count("<textarea") == len(re.findall(r"<textarea[^>]*></textarea>", survey)) == 2


def test_nothing_is_preselected_or_inline(survey):
    assert " checked" not in survey
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=", survey)
    assert 'name="robots" content="noindex"' in survey
    assert 'name="format-detection" content="telephone=no"' in survey
    assert "og:" not in survey


def test_the_only_other_host_is_the_exit(survey):
    assert set(re.findall(r'(?:href|src|action)="(https?://[^"/]+)', survey)) == {"https://www.bbc.co.uk"}


def test_every_choice_offers_dont_know_and_dont_want_to_say(survey):
    assert survey.count('value="dk"') == 8  # six questions, one of them with two rows
    assert survey.count('value="na"') == 10  # and two texts


def test_titles_are_neutral(client, published):
    for address in (ADDRESS, "/en/receipt/", "/en/nothing/"):
        title = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.S)[1]
        assert title.strip()
        assert not QUIET.search(title + address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_direction_and_marks_what_is_english(language):
    survey = content(*all_types(), languages=["en", "ur"], title={"en": "Parks", "ur": "پارک"})
    html = render_survey(survey, language, token="t", action=f"/{language}/have-your-say/parks/answer/")
    direction = "rtl" if language in ("ur", "ar") else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert ('<span lang="en" dir="auto">Question a?</span>' in html) == (language != "en")
    with override(language):
        assert get_text("nav.send") in html


def test_help_opens_with_an_answer_and_does_not_say_which():
    items = all_types()
    items[9]["help"] = [{"any_of": ["j-2"], "text": {"en": "You can talk to someone."}, "entries": ["999"]}]
    html = render_survey(content(*items), "en", token="t", action="/en/x/answer/")
    panel = re.search(r'<div class="panel open (if-r\d+)">(.*?)</div>', html, re.S)
    assert "You can talk to someone." in panel[2]
    assert '<a href="tel:999"' in panel[2]
    assert "14 or 15" not in panel[2]


def test_easy_words_stand_beside_the_others():
    items = all_types()
    items[0]["easy"] = {"en": "Where?"}
    html = render_survey(content(*items), "en", token="t", action="/en/x/answer/")
    assert '<span class="std">Question a?</span><span class="ez">Where?</span>' in html


def test_words_of_officers_are_escaped():
    items = all_types()
    items[0]["text"] = {"en": "<script>alert(1)</script>"}
    items[0]["options"][0]["text"] = {"en": '"><img src=x>'}
    html = render_survey(content(*items, title={"en": "<b>"}), "en", token="t", action="/en/x/answer/")
    assert "<script>alert" not in html
    assert "<img" not in html


def test_a_preview_cannot_be_sent():
    html = render_survey(content(*all_types()), "en", token="", action="#", preview=True)
    assert re.findall(r'<button class="btn[^>]*>', html) == [
        '<button class="btn" disabled hidden>',
        '<button class="btn whole" name="whole" value="1" disabled>',
    ]


def test_progress_in_words_and_sections_beside_it(survey):
    first, *others = re.findall(r'<p class="count">(.*?)</p>', survey, re.DOTALL)
    assert 'Question <span class="qn" data-n="1"></span> of <span class="qn all" data-n="9"></span>' in first
    assert len(others) == survey.count('<i class="n') - 1 == survey.count('<i class="m') - 1 == 8
    assert 'class="step part" id="qg"' in survey
    assert "Skip this part" in survey


# On the wire.


def test_the_whole_first_visit_is_small(client, published):
    packed = {"accept-encoding": "gzip"}
    response = client.get(ADDRESS, headers=packed)
    assert response["Content-Encoding"] == "gzip"
    page = gzip.decompress(response.content).decode()
    made = [client.get(address, headers=packed) for address in re.findall(r'(?:href|src)="(/look/[^"]+)"', page)]
    statics = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    sizes = [
        len(gzip.compress((django_settings.BASE_DIR / "consultation/static" / name).read_bytes())) for name in statics
    ]
    assert [each.status_code for each in made] == [200, 200]
    assert 1 + len(made) + len(statics) <= 4
    assert len(response.content) + sum(len(each.content) for each in made) + sum(sizes) <= 25_000


def test_nothing_moves_so_nothing_needs_to_stand_still_for_anyone():
    """Reduced motion: no style of a respondent's page moves anything, so no device has to ask for less."""
    for path in (django_settings.BASE_DIR / "consultation/static/voice").glob("*.css"):
        assert not re.search(r"(?<!-)\b(transition|animation|scroll-behavior)|@keyframes", path.read_text()), path.name


@pytest.mark.parametrize("ending", [".css", ".js"])
def test_style_and_script_are_kept_for_ever_under_their_digest_alone(client, published, ending):
    page = client.get(ADDRESS).content.decode()
    address = re.search(rf'"(/look/[^"]+{re.escape(ending)})"', page)[1]
    current, old = client.get(address), client.get(re.sub(r"/look/\w+/", "/look/0123456789/", address))
    assert current["Cache-Control"] == "public, max-age=31536000, immutable"
    assert old["Cache-Control"] == "no-cache"
    assert current.content == old.content
    assert current.content == gzip.decompress(client.get(address, headers={"accept-encoding": "gzip"}).content)


def test_each_visit_has_its_own_token_in_the_same_page(client, published):
    first, second = (client.get(ADDRESS, headers={"accept-encoding": "gzip"}).content for _ in range(2))
    pages = [gzip.decompress(packed).decode() for packed in (first, second)]
    found = [re.search(r'name="token" value="([^"]+)"', page)[1] for page in pages]
    assert found[0] != found[1]
    assert pages[0].replace(found[0], "") == pages[1].replace(found[1], "")
    assert form_tokens.read_form_token(found[0]).nonce != form_tokens.read_form_token(found[1]).nonce


def test_nothing_is_stored_on_the_device():
    for path in (django_settings.BASE_DIR / "consultation/static/voice").glob("*.js"):
        script = path.read_text()
        for name in (
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "serviceWorker",
            "sendBeacon",
            "cookie",
            "prefetch",
        ):
            assert name not in script, path.name


# Logs.


def test_a_record_of_something_broken_keeps_the_programmers_words_the_class_and_the_place():
    try:
        raise KeyError("my name is Sam")
    except KeyError as error:
        raised = (type(error), error, error.__traceback__)
        record = logging.LogRecord("x", 40, "f", 1, "Error at %s", ("/en/secret/",), raised)
    record.request = object()
    assert StripPersonalDataFilter().filter(record)
    said = logging.Formatter("{asctime} {message}", "%Y-%m-%d", "{").format(record)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d Error at %s \[KeyError at tests/[\w/.]+py:\d+ test_\w+\]", said)
    assert not hasattr(record, "request")


def test_the_loggers_of_requests_are_silent():
    for name in ("django.request", "django.security.DisallowedHost", "django.server"):
        assert not logging.getLogger(name).isEnabledFor(logging.ERROR)

"""Send once, twice, changed, late, old, cross-site or broken: nothing is lost and nothing counts twice."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from consultation.channels.web import form_tokens, views
from consultation.interface_text import get_both_texts_html
from consultation.responses.models import Answer, Response
from consultation.responses.response_ids import derive_answer_id, derive_response_id
from consultation.responses.submission import submit_response
from consultation.responses.vault import open_sealed_text
from consultation.surveys import routing_rules
from consultation.surveys.models import ConsultationPage, PublishedVersion
from tests.consultation.channels.conftest import ADDRESS, token_in
from tests.factories import consultation, question
from tests.journeys.small_surveys import bilingual

pytestmark = pytest.mark.django_db
FILLED = {"a": ["1", "2"], "b": "1", "e.a": "2", "f.1": "2", "h": "Too dark.", "i": "More lights.", "i.soon": "1"}


def words():
    return sorted(open_sealed_text(answer.sealed) for answer in Answer.objects.all())


def change(page, **fields):
    ConsultationPage.objects.filter(pk=page.pk).update(**fields)


def test_a_form_is_kept_in_one_response_and_sealed_texts(send, published):
    response = send(FILLED)
    assert response.status_code == 200
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    kept = Response.objects.get()
    assert kept.closed == {"a": ["1", "2"], "b": "1", "e": {"a": "2"}, "f": ["2"]}
    assert (kept.version, kept.language, kept.channel, kept.excluded_from_figures) == (
        published[1],
        "en",
        "web",
        False,
    )
    assert kept.day == timezone.localdate()
    assert words() == ["More lights.", "Too dark."]
    assert Answer.objects.get(soon=True).question == "q-i"


def test_words_that_look_like_markup_are_kept_as_they_were_typed(send, published):
    said = "I <3 it if a < b & c > d, <b>really</b> &amp; <script>"
    send(FILLED | {"h": said})
    assert said in words()


def test_sending_takes_few_queries(send, published, django_assert_max_num_queries):
    send(FILLED)
    with django_assert_max_num_queries(7):  # a transaction: begin, look, two inserts, end; before it, the version
        send(FILLED)


def test_sending_evaluates_the_branching_once(send, published, monkeypatch):
    evaluated = []
    monkeypatch.setattr(
        routing_rules,
        "evaluate_visibility",
        lambda items, logic, evaluate=routing_rules.evaluate_visibility: evaluated.append(1) or evaluate(items, logic),
    )
    assert send(FILLED).status_code == 200
    assert len(evaluated) == 1


def begun(captured):
    """The statements that begin a transaction, or a part of one."""
    return [one["sql"] for one in captured if one["sql"].startswith(("BEGIN", "SAVEPOINT"))]


def only_closed(published):
    """Two Sends of the same form without words: (was it new, what was begun) of each."""
    nonce = form_tokens.make_nonce()
    for chosen in ("1", "2"):
        with CaptureQueriesContext(connection) as captured:
            sent = submit_response(version=published[1], nonce=nonce, language="en", closed={"a": [chosen]}, texts={})
        yield sent.created, begun(captured)


@pytest.mark.django_db(transaction=True)
def test_a_form_without_words_is_kept_by_one_statement_and_sent_again_is_one_person(published):
    first, again = only_closed(published)
    assert first == (True, []) and again[0] is False and again[1]
    assert Response.objects.get().closed == {"a": ["2"]}


def test_inside_another_transaction_one_that_fails_does_not_take_the_other_with_it(published):
    """As with ATOMIC_REQUESTS, and for paper and files: PostgreSQL refuses all that follows an error without this."""
    first, _ = only_closed(published)
    assert first[0] and len(first[1]) == 1


@pytest.mark.each_on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fields", [{"a": ["1"]}, FILLED])
def test_what_was_kept_by_a_send_that_nobody_was_thanked_for_is_one_person(send, published, monkeypatch, fields):
    """ATOMIC_REQUESTS or not: a page that breaks, or a connection that dies, after the answer was kept."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    token, thanked = form_tokens.issue_form_token(published[1].pk), views.show_thank_you_page
    monkeypatch.setattr(views, "show_thank_you_page", lambda *args, **kwargs: 1 / 0)
    handed = send(fields, token=token)
    assert handed.status_code == 503 and token in handed.text
    assert all(
        f'value="{one}"' in handed.text
        for typed in fields.values()
        for one in ([typed] if isinstance(typed, str) else typed)
    )
    assert Response.objects.count() == 1
    monkeypatch.setattr(views, "show_thank_you_page", thanked)
    assert send(fields, token=token).status_code == 200
    assert Response.objects.count() == 1
    assert words() == (["More lights.", "Too dark."] if "h" in fields else [])


@pytest.mark.django_db(transaction=True)
def test_a_text_that_cannot_be_kept_keeps_nothing_and_everything_stays_in_the_form(send, published, monkeypatch):
    monkeypatch.setattr(type(Answer.objects), "bulk_create", lambda *args, **kwargs: 1 / 0)
    page = send(FILLED)
    assert page.status_code == 503 and "More lights." in page.content.decode()
    assert not Response.objects.exists()


def test_two_surveys_and_two_languages_never_share_an_address(client, published, home):
    """The match of an address is kept in memory: each must lead to its own survey, in its own language."""
    consultation(home, slug="buses", title="Buses", items=[question("a", options=["Late", "Full"])])
    seen = set()
    for _ in range(2):
        for path in (ADDRESS, ADDRESS.replace("parks", "buses"), ADDRESS.replace("/en/", "/ur/"), ADDRESS + "x/"):
            page = client.get(path)
            seen.add(
                (path, page.status_code, "Late" in page.content.decode(), '<html lang="ur"' in page.content.decode())
            )
    assert seen == {
        (ADDRESS, 200, False, False),
        (ADDRESS.replace("parks", "buses"), 200, True, False),
        (ADDRESS.replace("/en/", "/ur/"), 200, False, True),
        (ADDRESS + "x/", 404, False, False),
    }


def test_the_same_form_twice_is_one_person_and_one_text(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    for _ in range(3):
        assert send(FILLED, token=token).status_code == 200
    assert Response.objects.count() == 1
    assert words() == ["More lights.", "Too dark."]


def test_changed_content_keeps_both_texts_and_counts_one_person(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    send(FILLED, token=token)
    send({**FILLED, "a": ["1"], "h": "Too dark, and cold."}, token=token)
    assert Response.objects.get().closed["a"] == ["1"]
    assert words() == ["More lights.", "Too dark, and cold.", "Too dark."]


def test_a_wish_to_be_read_soon_that_comes_later_is_kept(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    send({"h": "Too dark."}, token=token)
    send({"h": "Too dark.", "h.soon": "1"}, token=token)
    assert Answer.objects.get().soon


def test_figures_of_a_counted_person_do_not_change(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    send(FILLED, token=token)
    Response.objects.update(counted=1)
    send({**FILLED, "a": ["1"]}, token=token)
    assert Response.objects.get().closed["a"] == ["1", "2"]


def test_what_was_taken_back_stays_taken_back(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    send(FILLED, token=token)
    Answer.objects.all().delete()
    Response.objects.update(withdrawn=True, closed={})
    response = send(FILLED, token=token)
    assert "You took your answers back" in response.content.decode()
    assert Answer.objects.count() == 0
    assert Response.objects.get().closed == {}


def test_submit_drops_answers_to_questions_that_were_not_shown(published):
    sent = submit_response(
        version=published[1], nonce=form_tokens.make_nonce(), language="en", closed={"a": ["1"], "b": "1"},
        texts={"q-i": ("Hidden.", False), "q-h": ("Shown.", False)},
    )  # fmt: skip
    assert sent.created
    assert sent.response.closed == {"a": ["1"]}
    assert words() == ["Shown."]


def test_ids_are_random_to_everyone_without_the_token(send, published):
    nonce = form_tokens.make_nonce()
    assert derive_response_id(nonce) == derive_response_id(nonce)
    assert derive_response_id(nonce) != derive_response_id(form_tokens.make_nonce())
    assert derive_answer_id(nonce, "q", "ab") != derive_answer_id(nonce, "qa", "b")
    assert derive_response_id(nonce).version == 4


# From elsewhere: without cookies, the browser's word and the token decide.


@pytest.mark.parametrize("site", ["same-origin", "none"])
@pytest.mark.parametrize("origin", [None, "null", "http://testserver", "https://evil.test"])
def test_a_browser_that_says_same_origin_is_believed(send, site, origin):
    headers = {"sec-fetch-site": site} | ({"origin": origin} if origin else {})
    assert send(FILLED, **headers).status_code == 200
    assert Response.objects.count() == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "anything"])
def test_a_browser_that_says_elsewhere_is_refused(send, site):
    response = send(FILLED, **{"sec-fetch-site": site, "origin": "http://testserver"})
    assert response.status_code == 403
    assert "Nothing was sent" in response.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize("origin", [None, "null", "http://testserver"])
def test_an_older_browser_may_send_no_origin_null_or_ours(send, origin):
    assert send(FILLED, **({"origin": origin} if origin else {})).status_code == 200
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "https://testserver", "http://testserver:81", "http://testserver.evil.test"]
)
def test_an_older_browser_with_another_origin_is_refused(send, origin):
    assert send(FILLED, origin=origin).status_code == 403
    assert Response.objects.count() == 0


@pytest.mark.parametrize("origin", [None, "null"])
@pytest.mark.parametrize("token", ["", "1.x:y:z", "forged"])
def test_where_the_browser_says_nothing_the_token_decides(send, origin, token):
    response = send(FILLED, token=token, **({"origin": origin} if origin else {}))
    assert response.status_code == 422
    assert Response.objects.count() == 0
    assert "Too dark." in response.content.decode()


def test_no_csrf_cookie_is_needed_where_django_checks_for_one(published, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    token = token_in(strict.get(ADDRESS))
    assert strict.post(ADDRESS, {"token": token, "h": "Too dark."}).status_code == 200


# Too old, too late, too much: what was typed comes back.


def test_an_expired_token_gives_the_form_back_and_one_more_send_is_enough(send, published, settings, monkeypatch):
    nonce = form_tokens.make_nonce()
    old = form_tokens.issue_form_token(published[1].pk, nonce)
    now = time.time() + settings.FORM_TOKEN_DAYS * 86400 + 60
    monkeypatch.setattr(time, "time", lambda: now)
    response = send({**FILLED, "h": "Too <dark>."}, token=old)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "This page has been open for a long time" in page
    assert "Too &lt;dark&gt;.</textarea>" in page
    assert 'name="a" value="1" checked' in page
    assert Response.objects.count() == 0
    fresh = token_in(response)
    assert send(FILLED, token=fresh).status_code == 200
    assert Response.objects.get().pk == derive_response_id(nonce), "still the same person"


def test_a_token_of_another_consultation_is_not_taken(send, published, home):
    from tests.factories import consultation, question

    _, other = consultation(home, slug="buses", title="Buses", items=[question("a", "single", ["Yes", "No"])])
    assert send(FILLED, token=form_tokens.issue_form_token(other.pk)).status_code == 422
    assert Response.objects.count() == 0


def test_an_edit_meanwhile_does_not_matter(send, published):
    page, version = published
    token = form_tokens.issue_form_token(version.pk)
    PublishedVersion.objects.create(
        page=page, number=2, content={**version.content, "items": version.content["items"][:1]},
        published_at=timezone.now(),
    )  # fmt: skip
    assert send(FILLED, token=token).status_code == 200
    assert Response.objects.get().version == version
    assert words() == ["More lights.", "Too dark."]


def test_closed_meanwhile_still_counts_who_had_started(send, published, monkeypatch):
    token = form_tokens.issue_form_token(published[1].pk)
    change(published[0], closes=timezone.localdate())
    later = time.time() + 86400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(timezone, "localdate", lambda *_: (timezone.localtime() + timedelta(days=1)).date())
    response = send(FILLED, token=token)
    assert "You had started, so we still took your answers" in response.content.decode()
    assert not Response.objects.get().excluded_from_figures


def test_taken_down_meanwhile_is_read_but_not_counted(send, published):
    token = form_tokens.issue_form_token(published[1].pk)
    change(published[0], live=False)
    response = send(FILLED, token=token)
    assert "A trained person will still read what you wrote" in response.content.decode()
    assert Response.objects.get().excluded_from_figures
    assert words() == ["More lights.", "Too dark."]


def test_closed_and_too_old_says_so_and_gives_the_words_back(send, published):
    change(published[0], closes=timezone.localdate() - timedelta(days=1))
    response = send(FILLED, token="none")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Your answers were not sent" in page
    assert "Too dark.</textarea>" in page
    assert "Send my answers" not in page


def test_too_many_choices_and_too_long_a_text_come_back_with_what_to_do(send):
    response = send({"a": ["1", "2", "3"], "h": "x" * 1063})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page and 'role="alert"' in page
    assert '<a href="#qa"><span>Question 1 of 8: <span>You picked more than 2.' in page
    assert "Take out 63 letters" in page
    assert "x" * 1063 in page
    assert Response.objects.count() == 0


def test_nothing_filled_in_is_not_sent(send):
    assert "Nothing is picked or written yet" in send({}).content.decode()
    assert Response.objects.count() == 0


def test_what_is_said_of_a_whole_form_stands_ready_in_each_language(client, home):
    _, version = bilingual(home)
    page = client.post(ADDRESS, {"token": form_tokens.issue_form_token(version.pk)}).content.decode()
    ready = dict(re.findall(r'<template data-problems="(\w+)">(.*?)</template>', page, re.DOTALL))
    for language in ("en", "ur"):
        with override(language):
            assert get_both_texts_html("error.empty") in ready[language]


def test_a_store_that_breaks_loses_no_word(send, monkeypatch, caplog):
    def broken(**_):
        raise ValueError("Too dark.")

    monkeypatch.setattr(views, "submit_response", broken)
    response = send(FILLED)
    assert response.status_code == 503
    assert "That is our fault" in response.content.decode()
    assert '<span class="ez">It did not work. It is our fault.' in response.content.decode(), "in easy words, too"
    assert "Too dark.</textarea>" in response.content.decode()
    [told] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "in answering:survey: ValueError" in told and "Too dark" not in told


def test_words_under_a_question_that_could_not_be_hidden_are_kept(send):
    assert send({"e.a": "1", "i": "Nobody asks us.", "whole": "1"}).status_code == 200
    assert [open_sealed_text(answer.sealed) for answer in Answer.objects.all()] == ["Nobody asks us."]
    assert send({"e.a": "1", "i": "Nobody asks us."}).status_code == 200
    assert (Response.objects.count(), Answer.objects.count()) == (2, 1)


def test_the_summary_names_every_problem_by_the_numbers_that_this_person_saw(client, home):
    items = [
        question("a", "single", ["Parks", "Town"]),
        question("b", "single", ["Bus", "Walk"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("m", "multiple", ["Red", "Green", "Blue"], limit=2),
        question("t", "long_text", max_length=5),
    ]
    items[2]["options"][2]["other"] = True
    _, version = consultation(home, slug="colours", items=items)
    fields = {
        "token": form_tokens.issue_form_token(version.pk),
        "a": "1",
        "m": ["1", "2", "3"],
        "m.other": "x" * 200,
        "t": "Too long",
    }
    page = client.post("/en/have-your-say/colours/answer/", fields).content.decode()
    assert "<title>Error: " in page and 'role="alert" tabindex="-1" autofocus' in page
    told = re.findall(r'<li><a href="#(q\w+)"><span>([^<]+): <span>([^<]+)</span>', page.split("<template")[0])
    assert [(target, number) for target, number, _ in told] == [("qm", "Question 2 of 3"), ("qt", "Question 3 of 3")]
    assert "You picked more than 2." in told[0][2] and "Take out 80 letters." in told[0][2]
    assert all(f'id="{target}-e"' in page for target, _, _ in told), "and each stands beside its field, too"

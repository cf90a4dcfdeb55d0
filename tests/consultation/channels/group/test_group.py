"""Group sessions: their notes are read and coded like other texts, and count as no person."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from consultation import handover
from consultation.audit.models import AuditEntry
from consultation.channels.group import group_form
from consultation.channels.group.models import GroupSession
from consultation.channels.web import form_tokens
from consultation.reading.actions import decide_answer, open_answer_text, release_due_answers
from consultation.reading.models import ReadingDecision
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed_text
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.releases.people import people_with_words
from tests.consultation.channels.conftest import token_in
from tests.factories import consultation, content, question


@pytest.fixture
def facilitator(client_as):
    return client_as("facilitator")


@pytest.fixture
def address(published):
    return f"/staff/sessions/{published[0].pk}/"


@pytest.fixture
def enter(facilitator, address):
    """enter(fields): open the form and press Send."""

    def press(data=None, token=None):
        token = token or token_in(facilitator.get(f"{address}enter/"))
        return facilitator.post(f"{address}enter/", {"token": token, "language": "en", "size": "7-10", **(data or {})})

    return press


def test_notes_are_kept_as_one_mediated_response(enter, published):
    sent = enter(
        {"note.h": "Many said the bus stops are dark.", "note.a": "Parks, when it is light.", "choice.a": "1"}
    )
    assert sent.status_code == 302
    response = Response.objects.get()
    assert (response.channel, response.excluded_from_figures, response.closed) == (Channel.GROUP, True, {"a": ["1"]})
    assert GroupSession.objects.get().size == "7-10"
    words = {answer.question: open_sealed_text(answer.sealed) for answer in Answer.objects.all()}
    assert words == {"q-h": "Many said the bus stops are dark.", "q-a": "Parks, when it is light."}
    record = AuditEntry.objects.get(verb="group session entered")
    assert (record.object_id, record.data) == (str(published[0].pk), {"texts": 2, "new": True})


def test_what_a_group_said_to_a_hidden_question_is_kept(enter):
    enter({"note.b": "They said yes.", "choice.b": "1"})
    assert Answer.objects.get().question == "q-b", "the group was asked aloud: nothing was hidden from it"
    assert Response.objects.get().closed == {"b": "1"}


def test_the_same_form_again_is_one_session(enter, facilitator, address):
    token = token_in(facilitator.get(f"{address}enter/"))
    for _ in range(2):
        enter({"note.h": "Lights."}, token)
    enter({"note.h": "Lights, and buses.", "size": "11-20"}, token)
    assert Response.objects.count() == GroupSession.objects.count() == 1
    assert GroupSession.objects.get().size == "11-20"
    assert Answer.objects.count() == 2, "a changed note is kept beside the first one"


def test_nothing_of_a_group_is_counted_as_people(enter, published):
    enter({"note.h": "Lights.", "choice.c": "2"})
    assert list(handover.iter_closed_answers(published[0])) == []
    assert Response.objects.countable().count() == 0


@pytest.mark.parametrize("all_said_yes", [True, False])
def test_the_notes_are_read_coded_marked_and_quotable_only_with_everyones_yes(enter, published, person, all_said_yes):
    enter({"note.h": "We want more lights at the bus stops."} | ({"quote": "1"} if all_said_yes else {}))
    assert screen_unread() == 1
    answer, reader = Answer.objects.get(), person("moderator")
    open_answer_text(answer=answer, by=reader)
    reading = decide_answer(answer=answer, by=reader, decision=ReadingDecision.CLEAR, spans=[])
    release_due_answers(reading.release_at)
    assert take_released_texts() == 1
    text = Text.objects.get()
    assert (text.quotable, text.audience) == (all_said_yes, handover.GROUP)
    crowd = {row.respondent for row in handover.iter_closed_answers(published[0])}
    assert people_with_words(published[0]) & crowd == set(), "the base of theme figures leaves it out"


def test_a_facilitator_sees_no_words_of_others_and_runs_tablets(enter, facilitator, client_as, address, published):
    enter({"note.h": "The bus stop is dark.", "choice.a": "1"})
    listed = facilitator.get(address)
    said = listed.content.decode()
    assert "One session" in said and "agreed on:" not in said and "dark" not in said
    assert f'href="/staff/tablets/{published[0].pk}/"' in said
    assert "agreed on:" in client_as("moderator").get(address).content.decode(), "readers see what was agreed"
    tablet = {"name": "Club", "until": "2099-01-01", "languages": ["en"]}
    assert b"starts with this PIN" in facilitator.post(f"/staff/tablets/{published[0].pk}/", tablet).content
    for closed in ("reading/", "imports/", "paper/", "consultations/", "safeguarding/"):
        assert facilitator.get(f"/staff/{closed}").status_code in (403, 404), closed
    assert facilitator.get("/insights/").status_code == 403


def test_one_no_later_on_stops_quoting(enter, facilitator, address, published, person):
    token = token_in(facilitator.get(f"{address}enter/"))
    enter({"note.h": "Lights.", "quote": "1"}, token)
    assert Response.objects.get().may_quote is True
    enter({"note.h": "Lights."}, token)
    assert Response.objects.get().may_quote is False


def test_a_flood_that_is_held_still_does_not_go_over(published, person):
    from tests.factories import response

    response(published[1], texts={"q-h": "spam"}, reader=person("moderator"), excluded_from_figures=True)
    assert list(handover.iter_released_texts()) == []


def test_the_reading_desk_says_that_a_group_said_it(enter, client_as):
    enter({"note.h": "Lights."})
    screen_unread()
    page = client_as("moderator").get(f"/staff/reading/{Answer.objects.get().pk}/").content.decode()
    assert "Group session" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"note.h": ""}, "There is nothing to send yet"),
        ({"note.h": "Lights.", "size": ""}, "Choose how many"),
        ({"note.h": "x" * 5100}, "Take out 100 letters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(enter, fields, said):
    back = enter(fields)
    page = back.content.decode()
    assert back.status_code == 422
    assert said in page
    assert fields["note.h"] in page
    assert Response.objects.count() == 0


def test_a_page_that_was_open_for_long_is_sent_at_the_second_press(enter, facilitator, published, settings):
    settings.FORM_TOKEN_DAYS = -1
    token = form_tokens.issue_form_token(published[1].pk, way=form_tokens.FormReferral(Channel.GROUP))
    back = enter({"note.h": "Do not lose this."}, token)
    assert back.status_code == 422
    assert "Do not lose this." in back.content.decode()
    settings.FORM_TOKEN_DAYS = 7
    assert enter({"note.h": "Do not lose this."}, token_in(back)).status_code == 302
    assert Response.objects.get().pk == Response.objects.get(answers__question="q-h").pk


def test_a_send_that_breaks_gives_the_form_back(enter, monkeypatch):
    def breaks(**fields):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("consultation.channels.group.actions.submit_response", breaks)
    back = enter({"note.h": "Do not lose this."})
    assert back.status_code == 503
    assert "Do not lose this." in back.content.decode()


def test_a_web_forms_token_opens_no_group_session(enter, published):
    assert enter({"note.h": "Lights."}, form_tokens.issue_form_token(published[1].pk)).status_code == 422
    assert Response.objects.count() == 0


def test_questions_about_one_person_are_not_put_to_a_group(published):
    asked = {item["id"] for item in group_form.questions_for_groups(published[1].content)}
    assert "q-j" not in asked
    assert {"q-a", "q-h"} <= asked


def test_sheet_form_and_list_leave_out_what_is_not_for_groups(facilitator, home):
    lone = question("b", "single", ["Yes", "No"], text={"en": "Have you been hurt?"}, not_for_groups=True)
    asked = [question("a", "single", ["Day", "Night"]), lone, question("c", "long_text")]
    page, version = consultation(home, slug="groups", items=asked)
    address = f"/staff/sessions/{page.pk}/"
    sheet, form = (facilitator.get(f"{address}{name}/") for name in ("opening", "enter"))
    for one in (sheet, form):
        said = one.content.decode()
        assert "Question a?" in said and "Question c?" in said and "Have you been hurt?" not in said
    assert re.findall(r"<span>(\d)\.", form.content.decode()) == ["1", "2"]
    assert sheet.content.decode().split('class="say"')[1].count("<li>Question") == 2
    fields = {"language": "en", "size": "7-10", "choice.a": "1", "choice.b": "1", "note.b": "x"}
    facilitator.post(f"{address}enter/", {"token": token_in(form)} | fields)
    assert Response.objects.get().closed == {"a": "1"}, "nor can a forged form answer it"
    assert not Answer.objects.exists()
    assert "Have you been hurt?" not in facilitator.get(address).content.decode()


def test_a_groups_numbers_have_no_gap_where_a_question_is_left_out():
    asked = [question("a", "single"), question("b", "single", about_you="age"), question("c", "long_text")]
    listed = group_form.list_group_questions(content(*asked), "en")
    assert [(one.number, one.item["id"]) for one in listed] == [(1, "q-a"), (2, "q-c")]


def test_the_opening_words_say_the_duty_and_who_stays_and_ask_for_the_yes_to_quotes(facilitator, address):
    page = facilitator.get(f"{address}opening/", {"language": "en", "role": "a youth worker", "time": "six"})
    words = page.content.decode()
    assert "the adult in the room must tell people who keep children safe" in words
    assert "a youth worker will be here until six" in words
    assert "May we show your words on this site, without your name?" in words
    bare = facilitator.get(f"{address}opening/").content.decode()
    assert "Nobody is named yet who stays" in bare


def test_where_no_session_was_held_whoever_cannot_open_one_is_told_who_can(facilitator, client_as, address):
    says = "A facilitator opens one here."
    assert says in client_as("engagement_officer").get(address).content.decode()
    assert says not in facilitator.get(address).content.decode()


def test_the_list_shows_bands_and_what_was_agreed_to_those_who_read_cleared_words(enter, client_as, address):
    enter({"choice.a": "1"})
    for role in ("engagement_officer", "moderator", "safeguarding_lead"):
        page = client_as(role).get(address).content.decode()
        assert "7 to 10 people" in page
        assert "The group agreed on: Parks" in page
    assert client_as("engagement_officer").get(f"{address}enter/").status_code == 403
    assert client_as("planner").get(address).status_code == 403


def test_notes_come_back_to_whoever_was_signed_out_and_are_sent_after_signing_in(facilitator, address, published):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    browser.force_login(facilitator.user, backend="django.contrib.auth.backends.ModelBackend")
    form = browser.get(f"{address}enter/")
    fields = {"size": "7-10", "language": "en", "note.h": "Do not lose <this>.", "quote": "1"}

    def send(page):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        return browser.post(f"{address}enter/", fields | {"token": token_in(page), "csrfmiddlewaretoken": token})

    browser.logout()
    browser.get("/accounts/login/")
    back = send(form)
    for _ in range(2):  # signed out, or with a token of before signing in: nothing is kept, and nothing is lost
        text = back.content.decode()
        assert back.status_code == 403 and "Do not lose &lt;this&gt;." in text and 'name="quote" value="1"' in text
        assert "no-store" in back["Cache-Control"]
        assert Response.objects.count() == 0
        back = send(back)
    browser.force_login(facilitator.user, backend="django.contrib.auth.backends.ModelBackend")
    del browser.cookies["csrftoken"]  # as signing in on another page does: the token of this one fits no more
    browser.get(f"{address}enter/")
    again = send(back)
    assert again.status_code == 403 and "You signed in again meanwhile." in again.content.decode()
    assert send(again).status_code == 302
    assert Response.objects.get().may_quote is True


def test_another_sites_form_gets_nothing_back(facilitator, address):
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True)
    sent = stranger.post(f"{address}enter/", {"note.h": "zzyzx"}, headers={"sec-fetch-site": "cross-site"})
    assert sent.status_code == 403 and "zzyzx" not in sent.content.decode()


def test_the_list_of_consultations_folds_those_that_are_over(facilitator, home):
    yesterday = timezone.localdate() - timedelta(days=1)
    consultation(home, slug="open", title="Parks")
    consultation(home, slug="over", title="Buses", opens=yesterday - timedelta(days=9), closes=yesterday)
    html = BeautifulSoup(facilitator.get("/staff/sessions/").content, "html.parser")
    assert {each.get_text() for each in html.select("details .h3")} == {"Buses"}
    assert {each.get_text() for each in html.select(".h3")} == {"Buses", "Parks"}

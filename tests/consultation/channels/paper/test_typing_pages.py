"""Readers type paper forms in: stored once, returned complete after an error, undone."""

import re

import pytest
from django.urls import reverse

from consultation import handover
from consultation.audit.models import WaitingEvent
from consultation.channels.paper import paper_entry, views
from consultation.channels.paper.paper_references import make_form_reference
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import WithdrawnText
from tests.consultation.channels.paper import asked

pytestmark = pytest.mark.any_database

CHOOSE = "/staff/paper/"


@pytest.fixture
def version(home):
    return asked.published(home)[1]


@pytest.fixture
def reader(client_as):
    return client_as("moderator")


def path(version, language="en"):
    return reverse("paper:enter", args=[make_form_reference(version, language).text])


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def send(client, version, do="save", language="en", **data):
    """What the page would send; its token is fresh unless one is given."""
    address = path(version, language)
    data.setdefault("token", hidden(client.get(address), "token"))
    return client.post(address, {"do": do} | {name.replace("__", "."): value for name, value in data.items()})


def test_form_is_kept_as_paper_with_the_day_of_typing(reader, version):
    from django.utils import timezone

    page = send(reader, version, language="ur", b="1", o="وہاں روشنی نہیں ہے", o__also="s")
    assert "Saved." in page.content.decode()
    response = Response.objects.get()
    assert (response.channel, response.language, response.version) == (Channel.PAPER, "ur", version)
    assert (response.day, response.closed, response.excluded_from_figures) == (
        timezone.localdate(),
        {"b": ["1"]},
        False,
    )
    answer = response.answers.get()
    assert (answer.question, answer.soon, answer.state) == ("q-o", True, "unread")
    assert open_sealed_text(answer.sealed) == "وہاں روشنی نہیں ہے"


def test_the_next_empty_form_follows(reader, version):
    first = reader.get(path(version))
    page = send(reader, version, token=hidden(first, "token"), c="3", o="By the canal")
    assert "By the canal" not in page.content.decode()
    assert hidden(page, "token") not in ("", hidden(first, "token"))


def test_sent_twice_counts_once(reader, version):
    token = hidden(reader.get(path(version)), "token")
    send(reader, version, token=token, c="3")
    page = send(reader, version, token=token, c="3")
    assert views.SENT_TWICE in page.content.decode()
    assert Response.objects.count() == 1


def test_what_does_not_fit_comes_back_whole(reader, version):
    page = send(reader, version, c="9", o="By the canal", b="1")
    text = page.content.decode()
    assert page.status_code == 422
    assert "Error: Form" in text
    assert "“9” is not one of the choices here" in text
    assert "By the canal" in text and 'name="b" value="1"' in text
    assert not Response.objects.exists()


@pytest.mark.parametrize("other", [{}, {"c": "3"}])
def test_tick_to_be_read_soon_without_words_goes_to_a_lead(reader, version, other):
    page = send(reader, version, o__also="s", **other)
    assert page.status_code == 422 and not Response.objects.exists()
    assert paper_entry.SOON_WITHOUT_WORDS in page.content.decode() and 'href="#q-o"' in page.content.decode()


def test_nothing_typed_is_not_a_form(reader, version):
    page = send(reader, version, c="?", b=".")
    assert page.status_code == 422
    assert views.NOTHING_TYPED in page.content.decode()
    assert not Response.objects.exists()


def test_enter_without_a_script_keeps_nothing_yet(reader, version):
    page = send(reader, version, do="check", c="3", o="By the canal")
    assert page.status_code == 200
    assert 'data-code="3" class="on"' in page.content.decode()
    assert "By the canal" in page.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["", "not one of ours"])
def test_strange_token_gives_everything_back_with_a_new_one(reader, version, token):
    page = send(reader, version, token=token, o="By the canal")
    assert page.status_code == 422
    assert views.FORM_EXPIRED in page.content.decode() and "By the canal" in page.content.decode()
    send(reader, version, token=hidden(page, "token"), o="By the canal")
    assert Response.objects.count() == 1


def test_token_of_the_web_is_not_taken(reader, version):
    from consultation.channels.web import form_tokens

    assert send(reader, version, token=form_tokens.issue_form_token(version.pk), c="3").status_code == 422
    assert not Response.objects.exists()


def test_old_token_is_renewed_and_stays_one_form(reader, version, settings):
    token = hidden(reader.get(path(version)), "token")
    settings.FORM_TOKEN_DAYS = -1
    page = send(reader, version, token=token, c="3")
    settings.FORM_TOKEN_DAYS = 2
    send(reader, version, token=hidden(page, "token"), c="3")
    assert views.SENT_TWICE in send(reader, version, token=token, c="3").content.decode()
    assert Response.objects.count() == 1


def test_whatever_breaks_nothing_typed_is_lost(reader, version, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(views.actions, "enter_paper_form", broken)
    page = send(reader, version, o="By the canal")
    assert page.status_code == 503
    assert "By the canal" in page.content.decode()
    assert hidden(page, "token")


def test_says_what_was_unclear_or_left_out(reader, version):
    text = send(reader, version, b="?", d="2", e="1").content.decode()
    assert "kept as not answered: question 1." in text
    assert "it was not for this person: question 4." in text


def test_words_stay_though_the_question_was_not_theirs(reader, version):
    send(reader, version, d="2", n="I am not safe at home")
    assert Answer.objects.get().question == "q-n"


def test_undo_brings_the_form_back_and_takes_it_out(reader, version):
    page = send(reader, version, c="3", o="By the canal")
    again = send(reader, version, do="undo", last=hidden(page, "last"))
    text = again.content.decode()
    assert views.UNDONE in text
    assert "By the canal" in text and 'name="c" value="3"' in text
    assert Response.objects.get().withdrawn
    assert WithdrawnText.objects.count() == 1, "unread words are laid aside for a lead"
    send(reader, version, token=hidden(again, "token"), c="4", o="By the canal")
    assert Response.objects.filter(withdrawn=False).get().closed == {"c": "4"}


def test_undo_does_not_lose_the_next_form(reader, version):
    page = send(reader, version, c="3")
    again = send(reader, version, do="undo", last=hidden(page, "last"), o="The next one")
    assert again.status_code == 422
    assert views.NEXT_FORM_BEGUN in again.content.decode() and "The next one" in again.content.decode()
    assert not Response.objects.get().withdrawn


def test_undo_is_for_the_one_who_typed_it(reader, version, client_as):
    last = hidden(send(reader, version, c="3"), "last")
    page = send(client_as("moderator"), version, do="undo", last=last)
    assert views.TOO_LATE in page.content.decode()
    assert not Response.objects.get().withdrawn


@pytest.mark.parametrize("when", ["counted", "later"])
def test_undo_too_late(reader, version, when, monkeypatch):
    last = hidden(send(reader, version, c="3"), "last")
    if when == "counted":
        Response.objects.update(counted=1)
    else:
        monkeypatch.setattr(views, "UNDO_SECONDS", -2)
    assert views.TOO_LATE in send(reader, version, do="undo", last=last).content.decode()
    assert not Response.objects.get().withdrawn


def test_form_that_was_taken_back_is_not_saved_by_its_old_page(reader, version):
    token = hidden(reader.get(path(version)), "token")
    page = send(reader, version, token=token, c="3")
    send(reader, version, do="undo", last=hidden(page, "last"))
    again = send(reader, version, token=token, c="3")
    assert views.TAKEN_BACK_BEFORE in again.content.decode()
    assert hidden(again, "token") != token


def test_log_says_who_and_what_and_no_words_and_no_minute(reader, version):
    page = send(reader, version, o="By the canal")
    send(reader, version, do="undo", last=hidden(page, "last"))
    entries = {entry.verb: entry for entry in WaitingEvent.objects.filter(verb__startswith="paper form")}
    assert set(entries) == {"paper form entered", "paper form taken back"}
    for entry in entries.values():
        assert (entry.actor, entry.object_id) == (str(reader.user.pk), str(version.page_id))
        assert entry.data == {}


def test_no_server_keeps_what_was_typed_for_undo(reader, version):
    page = send(reader, version, o="By the canal")
    assert "canal" not in hidden(page, "last")
    assert "last" not in str(dict(reader.session))


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
def test_boxes_for_words_have_the_direction_of_the_form(reader, version, language, direction):
    text = reader.get(path(version, language)).content.decode()
    assert re.search(rf'<textarea [^>]*name="o"[^>]*lang="{language}"\s+dir="{direction}"', text)
    assert ("Where do you go?" in text) and (asked.PLACES.get(language, "Where") in text)


def test_questions_stand_in_the_order_of_the_paper(reader, version):
    text = reader.get(path(version)).content.decode()
    keys = re.findall(r'<fieldset class="typing-question" id="q-(\w+)"', text)
    assert keys == list("bcdefhijklmnoqr")


def test_closed_consultation_says_which_forms_still_count(reader, version):
    from datetime import date

    version.page.closes = date(2026, 1, 5)
    version.page.save(update_fields=["closes"])
    assert "This closed on 5 January 2026." in reader.get(path(version)).content.decode()


def test_choose_by_reference(reader, version):
    reference = make_form_reference(version, "ur").text
    page = reader.get(CHOOSE, {"reference": reference.lower().replace("-", " ")})
    assert page["Location"] == path(version, "ur")


@pytest.mark.parametrize("typed", ["12-3-EN-A", "nothing", "<b>"])
def test_reference_with_a_slip_says_so(reader, version, typed):
    page = reader.get(CHOOSE, {"reference": typed})
    assert page.status_code == 422
    assert views.REFERENCE_NOT_FOUND in page.content.decode()


def test_choose_lists_what_is_in_print(reader, version):
    text = reader.get(CHOOSE).content.decode()
    assert all(make_form_reference(version, language).text in text for language in asked.LANGUAGES)


def test_choose_without_any_consultation(reader):
    assert "No consultation is published yet" in reader.get(CHOOSE).content.decode()


def test_form_of_nothing_is_not_found(reader, version):
    assert reader.get("/staff/paper/type/1-1-EN-A/").status_code == 404


def test_way_in_from_the_desk(reader, version):
    assert f'href="{CHOOSE}"' in reader.get("/staff/reading/", follow=True).content.decode()


@pytest.mark.parametrize("ticked", [True, False])
def test_only_a_ticked_box_on_the_paper_lets_words_be_shown(reader, version, ticked):
    form = {"b": "1", "o": "Dark there."} | ({"quote": "1"} if ticked else {})
    page = send(reader, version, **form)
    assert Response.objects.get().may_quote is ticked
    assert 'name="quote" value="1">' in page.content.decode(), "the next form begins unticked"


def test_undo_brings_the_tick_back(reader, version):
    page = send(reader, version, b="1", o="Dark there.", quote="1")
    back = send(reader, version, "undo", last=hidden(page, "last")).content.decode()
    assert 'name="quote" value="1" checked>' in back


@pytest.mark.parametrize("helped", [True, False])
def test_what_somebody_else_wrote_down_is_marked_and_counted_apart(reader, version, helped):
    page = send(reader, version, c="3", **({"helped": "1"} if helped else {}))
    assert "Saved." in page.content.decode()
    response = Response.objects.get()
    assert response.channel == (Channel.HELPED if helped else Channel.PAPER)
    counted = handover.group_people_by_channel(version.page)
    assert counted == {response.channel: [response.pk]}, "its own answers, so it is in every figure too"
    assert ("helped", "By phone or with a helper") in handover.list_channel_options(version.page)
    back = send(reader, version, do="undo", last=hidden(page, "last")).content.decode()
    assert ('name="helped" value="1" checked' in " ".join(back.split())) is helped
    response.refresh_from_db()
    assert response.withdrawn

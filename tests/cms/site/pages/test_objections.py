"""“Do you think we got this wrong?”: a tap and a reason on a decision's page. Readers see the reason first."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consultation import handover
from consultation.reading.models import Reading
from consultation.reading.screening_sweep import screen_unread
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.receipts.objections.views import MAX_LETTERS
from consultation.responses.asked_question import build_asked_question, get_asked_text
from consultation.responses.models import Answer, AnswerState, Channel, Response
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.decisions.outcomes import objection_replies
from insights.decisions.outcomes.models import ObjectionPicture
from tests import factories
from tests.insights.decisions.outcomes.conftest import decision, planner  # noqa: F401

REASON = "You left out the bus stop."


@pytest.fixture
def page(decision):  # noqa: F811
    return f"/en/you-said-we-did/{decision.slug}/"


def fill(client, page, **fields):
    """Fill in the form of the page, as it came, and press Send."""
    form = client.get(page).content.decode().split('id="wrong"')[1]
    token = re.search(r'name="token" value="([^"]+)"', form)[1]
    return client.post(page, {"token": token, "wrong": "1"} | fields)


def test_a_tap_and_a_reason_are_kept_apart_and_say_neither_who_nor_when(client, page, decision):  # noqa: F811
    done = fill(client, page, heard="yes", reason=f" {REASON} ", soon="1").content.decode()
    assert "We have your reply" in done and "We do not show your reason on this site." in done
    assert REASON not in done
    tapped = HeardAnswer.objects.get()
    assert (tapped.choice, tapped.about) == ("yes", objection_replies.name_replies(decision))
    answer = Answer.objects.get()
    assert (open_sealed_text(answer.sealed), answer.soon, answer.state) == (REASON, True, AnswerState.UNREAD)
    response = answer.response
    assert (response.channel, response.closed, response.excluded_from_figures) == (Channel.REPLY, {}, True)
    assert response.day == timezone.localdate()
    assert tapped.pk not in (answer.pk, response.pk)
    assert not client.cookies


def test_a_tap_alone_is_enough_and_leaves_readers_nothing(client, page):
    assert fill(client, page, heard="partly").status_code == 200
    assert HeardAnswer.objects.count() == 1
    assert Response.objects.filter(channel=Channel.REPLY).count() == 0


def test_a_wish_to_be_read_soon_without_a_reason_comes_back(client, page):
    back = fill(client, page, heard="yes", reason=" ", soon="1")
    assert back.status_code == 422 and "You asked someone to read this soon." in back.content.decode()
    assert (HeardAnswer.objects.count(), Answer.objects.count()) == (0, 0)


def test_the_same_send_twice_counts_once(client, page):
    form = client.get(page).content.decode().split('id="wrong"')[1]
    token = re.search(r'name="token" value="([^"]+)"', form)[1]
    for _ in range(2):
        client.post(page, {"token": token, "wrong": "1", "heard": "yes", "reason": REASON})
    assert (HeardAnswer.objects.count(), Answer.objects.count()) == (1, 1)


def test_what_was_typed_comes_back_with_what_is_wrong(client, page):
    nothing_picked = fill(client, page, reason=REASON)
    assert nothing_picked.status_code == 422
    html = nothing_picked.content.decode()
    assert "Pick one first" in html and f">{REASON}</textarea>" in html and 'href="#wrong"' in html
    long = fill(client, page, heard="no", reason="x" * (MAX_LETTERS + 12), soon="1").content.decode()
    assert "12 letters" in long and "x" * (MAX_LETTERS + 12) in long
    assert 'value="no" checked' in long and 'name="soon" value="1" checked' in long
    old = client.post(page, {"token": "old", "wrong": "1", "heard": "yes", "reason": REASON})
    assert old.status_code == 422 and REASON in old.content.decode()
    assert (HeardAnswer.objects.count(), Answer.objects.count()) == (0, 0)


def test_it_says_first_who_reads_it_and_when_we_must_tell(client, page):
    html = client.get(page).content.decode().split('id="wrong"')[1]
    for said in (
        "A trained person reads it first.",
        "we must tell people who keep children safe",
        "We cannot write back",
    ):
        assert html.index(said) < html.index("<textarea")
    assert 'autocomplete="off"' in html


def test_after_the_last_day_the_contact_form_is_left(client, page):
    ConsultationPage.objects.update(closes=timezone.localdate() - timedelta(days=3 * 366))
    html = client.get(page).content.decode()
    assert 'name="wrong"' not in html
    assert "Do you think we got this wrong?" in html and "/en/contact/" in html


def test_a_reader_sees_which_decision_it_is_about(client, page, decision):  # noqa: F811
    fill(client, page, heard="yes", reason=REASON)
    answer = Answer.objects.get()
    assert get_asked_text(answer) == f"Do you think we got this wrong? ({decision.slug})"
    assert build_asked_question(answer).text == get_asked_text(answer)
    Response.objects.filter(pk=answer.response_id).update(language="pl")
    assert build_asked_question(Answer.objects.get()).english == f"Do you think we got this wrong? ({decision.slug})"
    assert get_asked_text(Answer.objects.get()).startswith("Czy uważasz")


def test_the_reading_desk_names_the_decision_and_speaks_of_no_flood(client, page, decision, client_as):  # noqa: F811
    fill(client, page, heard="yes", reason=REASON)
    screen_unread()
    desk = client_as("moderator").get(f"/staff/reading/{Answer.objects.get().pk}/").content.decode()
    assert f"Do you think we got this wrong? ({decision.slug})" in desk and "Reply to a decision" in desk
    assert "Held from the figures" not in desk


def clear(answer, text="You left out [PLACE 1]."):
    reader = factories.staff(f"reader-{uuid4()}@example.org")
    Reading.objects.create(
        answer=answer, reader=reader, decision="clear", decided_at=timezone.now(), text=text, released=True
    )
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.RELEASED)


def test_planners_see_no_words_and_coders_only_cleared_ones(client, page, decision, planner, client_as):  # noqa: F811
    fill(client, page, heard="yes", reason=REASON)
    coder = factories.staff("coder@example.org", "insights.code_themes")
    assert objection_replies.list_reasons(decision, coder) == []
    clear(Answer.objects.get())
    assert objection_replies.list_reasons(decision, coder) == ["You left out [PLACE 1]."]
    assert objection_replies.list_reasons(decision, planner) == []
    officers = client_as("engagement_officer").get(f"/insights/outcomes/of/{decision.slug}/").content.decode()
    planners = client_as("planner").get(f"/insights/outcomes/of/{decision.slug}/").content.decode()
    assert "You left out" in officers and "You left out" not in planners
    assert REASON not in officers
    assert "Too few to say yet" in planners


def test_it_is_never_coded_counted_or_quoted(client, page, parks):
    before = list(handover.iter_closed_answers(parks[0]))
    fill(client, page, heard="yes", reason=REASON)
    clear(Answer.objects.get())
    take_released_texts()
    assert not Text.objects.filter(text__contains="PLACE 1").exists()
    assert list(handover.iter_closed_answers(parks[0])) == before
    assert Channel.REPLY not in dict(handover.list_channel_options(parks[0]))


def test_from_about_thirty_replies_up_figures_show_to_all_after_disclosure_control(client, page, parks, decision):  # noqa: F811
    about = objection_replies.name_replies(decision)
    made = [HeardAnswer(consultation=parks[0], about=about, choice="yes" if n % 2 else "no") for n in range(22)]
    HeardAnswer.objects.bulk_create(made)
    assert objection_replies.refresh_pictures() == 0
    HeardAnswer.objects.bulk_create([HeardAnswer(consultation=parks[0], about=about, choice="yes") for _ in range(31)])
    assert objection_replies.refresh_pictures() == 1
    assert objection_replies.refresh_pictures() == 0, "a live picture is not renewed for nobody new"
    assert ObjectionPicture.objects.get().decision == decision
    assert "said yes, it is wrong" in objection_replies.describe_replies(decision)
    assert "<table" in client.get(page).content.decode().split('id="wrong"')[1]

"""The public page of “Did we hear you right?”: no name, cookie or free text; closed on its day; linked from the
results."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.receipts.heard_back import actions as heard
from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme
from insights.publications.member_checks import actions, member_check_replies
from insights.publications.member_checks.models import Check

WORDS = {"name": "Lights", "summary": "It is dark. You want lights.", "easy": "It is dark."}


@pytest.fixture
def asked(published, officer, colleague):
    today = timezone.localdate()
    made = actions.begin_member_check(
        release=published.release, theme=Theme.objects.get(slug="lights"), by=officer, words=WORDS,
        opens=today, closes=today + timedelta(days=9),
    )  # fmt: skip
    said = {"name": "بتیاں", "summary": "اندھیرا ہے۔", "easy": ""}
    actions.translate_member_check(made, by=officer, language="ur", words=said)
    actions.confirm_member_check_translation(made, by=colleague, language="ur", speaker="A reader of Urdu")
    actions.translate_member_check(made, by=officer, language="pl", words=said | {"name": "Lampy"})
    return actions.publish_member_check(made, by=colleague)


def url(check, language="en"):
    return f"/{language}/have-your-say/parks/right/{check.pk}/"


def token(page):
    return page.split('name="token" value="')[1].split('"')[0]


def test_a_reply_is_a_choice_and_nothing_else(client, asked):
    answer = client.get(url(asked))
    page = answer.content.decode()
    assert "It is dark. You want lights." in page and "<textarea" not in page and "/en/contact/" in page
    assert not answer.cookies and answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    for _ in range(2):
        answer = client.post(url(asked), {"token": token(page), "heard": "partly", "words": "my own words"})
        assert "We have your reply" in answer.content.decode() and not answer.cookies
    [row] = HeardAnswer.objects.values()
    kept = {name: row[name] for name in row if name not in ("id", "consultation_id")}
    assert kept == {"choice": "partly", "excluded_from_figures": False, "about": asked.about, "settled": 0}


@pytest.mark.parametrize(
    ("choice", "sent", "says"),
    [
        ("", "own", "Pick one first"),
        ("maybe", "own", "Pick one first"),
        ("yes", "x", "too long"),
        ("yes", "other", "too long"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(client, asked, choice, sent, says):
    tokens = {
        "own": token(client.get(url(asked)).content.decode()),
        "other": heard.issue_poll_token(asked.consultation),
    }
    answer = client.post(url(asked), {"token": tokens.get(sent, sent), "heard": choice})
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not HeardAnswer.objects.exists()


def test_a_draft_and_one_that_has_not_begun_are_not_there(client, asked):
    Check.objects.update(opens=timezone.localdate() + timedelta(days=1))
    assert client.get(url(asked)).status_code == 404
    Check.objects.update(opens=timezone.localdate(), status="draft", published_on=None, published_by=None)
    assert client.get(url(asked)).status_code == 404
    assert client.get(f"/en/have-your-say/elsewhere/right/{asked.pk}/").status_code == 404


def test_closed_it_takes_nothing_and_shows_numbers_or_that_they_are_few(client, asked):
    kept = token(client.get(url(asked)).content.decode())
    Check.objects.update(
        opens=timezone.localdate() - timedelta(days=9), closes=timezone.localdate() - timedelta(days=1)
    )
    page = client.post(url(asked), {"token": kept, "heard": "yes"}).content.decode()
    assert "This is closed now" in page and "Too few people" in page and 'name="token"' not in page
    assert not HeardAnswer.objects.exists()
    for n in range(70):
        choice, nonce = "yes" if n < 40 else "no", f"{n:016}".encode()
        heard.save_poll_answer(consultation=asked.consultation, about=asked.about, nonce=nonce, choice=choice)
    member_check_replies.refresh_replies()
    page = client.get(url(asked)).content.decode()
    assert "About 40" in page and "Too few people" not in page


def test_it_is_reached_from_the_results_in_words_that_someone_checked(client, asked):
    results = "have-your-say/parks/results/"
    assert url(asked) in client.get(f"/en/{results}").content.decode()
    assert ">بتیاں</a>" in client.get(f"/ur/{results}").content.decode()
    assert 'lang="en" dir="ltr">Lights</a>' in client.get(f"/pl/{results}").content.decode()
    assert "Lampy" not in client.get(url(asked, "pl")).content.decode()
    assert "اندھیرا ہے۔" in client.get(url(asked, "ur")).content.decode()
    Check.objects.update(
        opens=timezone.localdate() - timedelta(days=9), closes=timezone.localdate() - timedelta(days=1)
    )
    assert url(asked) not in client.get(f"/en/{results}").content.decode()

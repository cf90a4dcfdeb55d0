"""“Did we hear you right?”: two people, a theme with a shown number, and figures that reveal no single reply."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultation.receipts.heard_back import actions as heard
from consultation.receipts.heard_back.erasures import HeardAnswerErasure
from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme
from insights.polls import poll_tables
from insights.publications import heard_back_figures as heard_back
from insights.publications.member_checks import actions, member_check_replies
from insights.publications.member_checks.models import Check, CheckPicture
from insights.releases.actions import create_release
from tests import factories

pytestmark = pytest.mark.any_database

DAY = date(2026, 11, 25)
WORDS = {"name": "Lights", "summary": "It is dark. You want lights.", "easy": ""}
DAYS = {"opens": DAY, "closes": DAY + timedelta(days=14)}


def theme(slug="lights"):
    return Theme.objects.get(slug=slug)


@pytest.fixture
def check(published, officer):
    return actions.begin_member_check(
        release=published.release, theme=theme(), by=officer, words=WORDS, **DAYS, today=DAY
    )


@pytest.fixture
def asked(check, colleague):
    return actions.publish_member_check(check, by=colleague, today=DAY)


def send(check, choice, number, start=0):
    for n in range(start, start + number):
        nonce = f"{check.pk % 100:02}{choice:<6}{n:08}".encode()
        heard.save_poll_answer(consultation=check.consultation, about=check.about, nonce=nonce, choice=choice)


def test_no_officer_alone_changes_what_everyone_reads_in_another_language(client, asked, officer, colleague):
    ur = {"name": "بتیاں", "summary": "اندھیرا ہے۔", "easy": ""}

    def shown():
        asked.refresh_from_db()
        return asked.words_in("ur")

    client.force_login(officer)
    write, right = (
        reverse(f"insights:{name}", args=[asked.pk, "ur"])
        for name in ("translate-member-check", "confirm-member-check-words")
    )
    client.post(write, ur | {"checked_by": "Somebody"})
    assert shown() == {}
    with pytest.raises(ValidationError, match="You wrote in this"):
        actions.confirm_member_check_translation(asked, by=officer, language="ur")
    client.force_login(colleague)
    html = client.get(write).content.decode()
    look = html.split('name="seen_state" value="')[1].split('"')[0]
    for seen_state in ("", "another"):
        client.post(right, {"seen_state": seen_state})
        assert shown() == {}
    client.post(right, {"seen_state": look, "speaker": "A reader of Urdu"})
    assert shown()["checked_by"].endswith(", with A reader of Urdu")
    client.post(write, ur | {"name": "سب"})
    assert shown() == {}, "other words wait again"


def test_loud_words_are_refused_in_every_language(asked, officer):
    with pytest.raises(ValidationError, match="quieter"):
        actions.translate_member_check(
            asked, by=officer, language="ro", words={"name": "x", "summary": "Un abuz sexual"}
        )


def test_a_theme_with_a_hidden_number_a_draft_release_and_a_person_without_the_right_ask_nothing(
    published,
    officer,
):
    ask = {"words": WORDS, **DAYS, "today": DAY}
    with pytest.raises(ValidationError, match="hidden"):
        actions.begin_member_check(release=published.release, theme=theme("rare"), by=officer, **ask)
    with pytest.raises(PermissionDenied):
        actions.begin_member_check(
            release=published.release, theme=theme(), by=factories.staff("x@example.org"), **ask
        )
    published.release.status, published.release.published_on, published.release.published_by = "draft", None, None
    with pytest.raises(ValidationError, match="published release"):
        actions.begin_member_check(release=published.release, theme=theme(), by=officer, **ask)
    assert not Check.objects.exists()


def test_results_come_first(release, officer, colleague):
    made = actions.begin_member_check(release=release, theme=theme(), by=officer, words=WORDS, **DAYS, today=DAY)
    with pytest.raises(ValidationError, match="results first"):
        actions.publish_member_check(made, by=colleague, today=DAY)


@pytest.mark.parametrize(
    ("words", "days", "field"),
    [
        ({"name": " "}, {}, "name"),
        ({"summary": ""}, {}, "summary"),
        ({"summary": "You told us about abuse."}, {}, "summary"),
        ({"easy": "You talked about self-harm."}, {}, "easy"),
        ({"name": "Grooming"}, {}, "name"),
        ({"summary": "You want grapes and a bridegroom."}, {}, None),
        ({}, {"closes": DAY - timedelta(days=1)}, "closes"),
        ({}, {"closes": DAY + timedelta(days=200)}, "closes"),
        ({}, {}, None),
    ],
)
def test_what_may_be_put_to_everyone(words, days, field):
    found = actions.find_member_check_problems(WORDS | words, **(DAYS | days))
    assert list(found) == ([field] if field else [])


def test_nobody_is_asked_when_a_reply_would_be_erased_before_it_is_counted(client, check, officer, colleague):
    """Replies go two years after the close (domain/controls.yaml)."""
    page = check.consultation
    page.closes = DAY - timedelta(days=730)
    page.save()
    results = f"/en/have-your-say/{page.slug}/results/"
    last = heard.last_poll_day(page)
    assert last == date(2026, 11, 23)
    with pytest.raises(ValidationError, match="23 November 2026 is the last day that counts"):
        actions.publish_member_check(Check.objects.get(), by=colleague, today=DAY)
    with pytest.raises(ValidationError, match="last day that counts"):
        actions.write_member_check(Check.objects.get(), by=officer, words=WORDS, **DAYS)
    early = {"opens": last - timedelta(days=9), "closes": last}
    actions.write_member_check(Check.objects.get(), by=officer, words=WORDS, **early)
    assert 'name="heard"' not in client.get(results).content.decode()
    assert client.post(f"/en/have-your-say/{page.slug}/heard/", {"heard": "yes"}).status_code == 404
    HeardAnswer.objects.create(consultation=page, choice="yes")
    assert [group.on for group in HeardAnswerErasure().groups()] == [last + timedelta(days=2)]


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, asked, officer):
    client.force_login(officer)

    def asked_for():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("insights:member-checks")).status_code == 200
        return len(queries)

    asked_for()
    one = asked_for()
    other = another(asked)
    CheckPicture.objects.create(check_of=other, rows=60, made_on=DAY, table={"base": 60, "rows": []})
    assert asked_for() == one


def describe_replies(asked):
    return member_check_replies.describe_reply_picture(member_check_replies.reply_picture_of(asked))


def test_replies_are_figures_from_about_thirty_up_and_apart_from_other_polls(asked, no_noise):
    other = another(asked)
    send(asked, "yes", 24)
    send(other, "no", 60)
    heard.save_poll_answer(consultation=asked.consultation, nonce=b"n" * 16, choice="no")
    member_check_replies.refresh_replies(DAY)
    assert describe_replies(asked) == poll_tables.TOO_FEW and member_check_replies.public_reply_figure(asked) is None
    send(asked, "no", 19)
    assert member_check_replies.refresh_replies(DAY + timedelta(days=1)) == 0, "the 24 were drawn once, and refused"
    assert describe_replies(asked) == poll_tables.TOO_FEW
    member_check_replies.refresh_replies(DAY + timedelta(days=7))
    said = describe_replies(asked)
    assert said.startswith(
        "Of about 43 who replied: about 24 said that we heard them right, fewer than 5 said in part"
    )
    shown = [row.people for row in member_check_replies.public_reply_figure(asked).rows]
    assert shown == [24, None, 19, None]
    heard_back.refresh_heard_back(DAY)
    assert heard_back.heard_back_picture_of(asked.consultation) is None, "one reply to the other poll"


def another(asked):
    return Check.objects.create(
        consultation=asked.consultation, release=asked.release, theme=theme("staff"), words={"en": WORDS}, **DAYS,
        status="published", made_on=DAY, made_by=asked.made_by, published_on=DAY, published_by=asked.published_by,
    )  # fmt: skip


def test_one_more_reply_moves_no_figure(asked):
    for choice, number in {"yes": 60, "no": 40, "partly": 40, "dk": 40}.items():
        send(asked, choice, number)
    member_check_replies.refresh_replies(DAY)
    before = CheckPicture.objects.get().table
    for day in range(1, 10):
        send(asked, "no", 1, start=100 + day)
        assert member_check_replies.refresh_replies(DAY + timedelta(days=day)) == 0
    HeardAnswer.objects.all().delete()
    assert member_check_replies.refresh_replies(DAY + timedelta(days=800)) == 0
    assert CheckPicture.objects.get().table == before


def test_planners_read_on_the_themes_page_what_came_back(client, asked, officer, no_noise):
    client.force_login(factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports"))
    Check.objects.update(opens=date(2020, 1, 1), closes=date(2020, 1, 20))
    url = reverse("insights:theme", args=[asked.release.pk, "lights"])
    html = client.get(url).content.decode()
    assert "Did we hear them right?" in html and "Too few to say yet" in html
    assert "You want lights." in html and "Ask people whether" not in html
    for choice, number in {"yes": 40, "no": 30, "partly": 20, "dk": 20}.items():
        send(asked, choice, number)
    member_check_replies.refresh_replies(DAY)
    assert describe_replies(asked).startswith(
        "Of about 110 who replied: about 40 said that we heard them right, about 20 said in part, about 30 said no"
    )
    assert describe_replies(asked) in client.get(url).content.decode()


def test_an_officer_asks_from_the_themes_page_and_a_colleague_publishes(client, published, officer, colleague):
    client.force_login(officer)
    begin = reverse("insights:begin-member-check", args=[published.release.pk, "lights"])
    assert begin in client.get(reverse("insights:theme", args=[published.release.pk, "lights"])).content.decode()
    answer = client.post(begin, WORDS | {"summary": "About abuse.", "opens": "2026-11-25", "closes": "2026-11-20"})
    html = answer.content.decode()
    assert (
        answer.status_code == 422
        and "quieter words" in html
        and "last day must not" in html
        and "About abuse." in html
    )
    today = date.today()
    days = {"opens": today.isoformat(), "closes": (today + timedelta(days=10)).isoformat()}
    assert client.post(begin, WORDS | days).status_code == 302
    made = Check.objects.get()
    html = client.get(reverse("insights:member-checks")).content.decode()
    assert "Reads like for " in html and "Publish it" not in html
    preview = client.get(reverse("preview-member-check", args=[made.pk, "ur"])).content.decode()
    assert "This is how everyone will see it" in preview and 'name="token"' not in preview
    client.post(
        reverse("insights:translate-member-check", args=[made.pk, "ur"]), {"name": "بتیاں", "summary": "بتیاں"}
    )
    client.force_login(colleague)
    assert "Publish it" in client.get(reverse("insights:member-checks")).content.decode()
    client.post(reverse("insights:discard-member-check", args=[made.pk]), {"seen_state": "another state"})
    made.refresh_from_db()  # nobody throws away what they did not see
    client.post(reverse("insights:publish-member-check", args=[made.pk]), {"seen_state": made.state_hash})
    made.refresh_from_db()
    assert made.status == "published"
    client.post(reverse("insights:discard-member-check", args=[made.pk]), {"seen_state": made.state_hash})
    assert Check.objects.count() == 1, "what is public stays"


def test_a_release_that_is_made_anew_may_ask_again(asked, officer):
    with pytest.raises(ValidationError, match="already"):
        actions.begin_member_check(release=asked.release, theme=theme(), by=officer, words=WORDS, **DAYS)
    with pytest.raises(ValidationError):
        create_release(consultation=asked.consultation, by=officer, today=DAY)

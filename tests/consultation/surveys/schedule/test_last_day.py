"""The last day moves with a public reason; existing answers stay untouched."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from wagtail.models import Revision

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.interface_text import get_text
from consultation.responses.models import Answer, Response
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule import actions, policies
from consultation.surveys.schedule.models import DateChange
from tests import factories

TODAY = date(2030, 3, 4)
LAST = date(2030, 3, 14)
LANDING = "/en/have-your-say/parks/"
WHY = {"en": "Many of you asked for more time."}
MAY = {"live": True, "closes": LAST, "opens": TODAY, "today": TODAY, "looks": None, "why": "x"}


@pytest.fixture
def page(home):
    today = timezone.localdate()
    return factories.consultation(
        home, items=[factories.question("a", "long_text")], opens=today, closes=today + timedelta(days=10)
    )[0]


@pytest.fixture
def officer(client_as, person, page):
    """An officer, and somebody there for what people write."""
    factories.somebody_reads(person)
    return client_as("engagement_officer")


def later(page, days=7):
    return page.closes + timedelta(days=days)


@pytest.mark.parametrize(
    ("to", "changes", "said"),
    [
        (date(2030, 3, 21), {}, ""),
        (date(2030, 3, 8), {}, ""),
        (TODAY, {}, ""),
        (date(2030, 3, 3), {}, "That day has passed."),
        (LAST, {}, "That is its last day already."),
        (date(2030, 3, 21), {"why": ""}, "Say why"),
        (date(2030, 3, 21), {"live": False}, "not published"),
        (date(2030, 3, 21), {"closes": date(2030, 3, 3)}, "It has closed."),
        (date(2030, 3, 8), {"opens": date(2030, 3, 9)}, "before it opens"),
        (date(2030, 3, 21), {"looks": date(2030, 3, 20)}, "Move that date first"),
        (date(2030, 3, 8), {"looks": date(2030, 3, 7)}, ""),
        (date(2030, 3, 21), {"closes": None}, ""),
    ],
)
def test_may_a_last_day_move(to, changes, said):
    found = policies.explain_refused_last_day(to=to, **(MAY | changes))
    assert said in found and bool(found) == bool(said)


def test_an_extension_shows_on_the_page_with_its_reason_and_stands_in_the_log(officer, client, page):
    was, to = page.closes, later(page)
    sent = {"to": str(to), "why_en": WHY["en"]}
    assert officer.post(f"/staff/dates/{page.pk}/", sent).status_code == 302
    page.refresh_from_db()
    assert page.closes == to
    shown = client.get(LANDING).content.decode()
    under_start, about, _ = shown.split('<details class="fold">', 2)
    assert get_text("landing.longer", was=was, date=to) in about and WHY["en"] in about, "beside the last day"
    assert 'class="panel"' not in under_start.partition("<main")[2], "a child meets five lines, Start and folds"
    entry = AuditEntry.objects.get(verb="kept open for longer")
    assert (entry.actor, entry.data) == (
        str(officer.user.pk),
        {"was": str(was), "until": str(to), "reason": WHY["en"]},
    )
    assert "What was moved" in officer.get(f"/staff/dates/{page.pk}/").content.decode()


def test_an_earlier_close_keeps_what_came_in_and_what_was_begun(officer, client, page):
    from tests.consultation.channels.web.test_pages import token_in

    factories.response(page.versions.get(), texts={"q-a": "It is dark."}, day=timezone.localdate())
    survey = f"{LANDING}answer/"
    token = token_in(client.get(survey))
    was, to = page.closes, timezone.localdate()
    assert (
        officer.post(f"/staff/dates/{page.pk}/", {"to": str(to), "why_en": "We know enough now."}).status_code == 302
    )
    ConsultationPage.objects.update(closes=to - timedelta(days=1))  # the next day
    client.post(survey, {"token": token, "a": "Typed before."})
    assert Response.objects.count() == 2 and Answer.objects.unread().count() == 2
    ConsultationPage.objects.update(closes=to)
    shown = client.get(LANDING).content.decode()
    assert get_text("landing.sooner", was=was, date=to) in shown
    assert "What people sent is kept, and it is read." in shown
    assert AuditEntry.objects.filter(verb="closes sooner").count() == 1


def test_an_extension_needs_readers_until_after_the_new_close(client_as, page):
    officer = client_as("engagement_officer")
    answer = officer.post(f"/staff/dates/{page.pk}/", {"to": str(later(page)), "why_en": WHY["en"]})
    assert answer.status_code == 422
    assert "working days have a gap" in answer.content.decode()
    page.refresh_from_db()
    assert page.closes == later(page, 0) and not DateChange.objects.exists()
    sooner = {"to": str(page.closes - timedelta(days=2)), "why_en": "We know enough now."}
    assert officer.post(f"/staff/dates/{page.pk}/", sooner).status_code == 302, "closing needs nobody's leave"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "Say why, in plain words."),
        ("We heard about abuse.", "without “abuse”"),
        ("Organisational considerations necessitated additional consultation.", "hard to read"),
    ],
)
def test_a_reason_is_there_neutral_and_plain(officer, page, why, said):
    answer = officer.post(f"/staff/dates/{page.pk}/", {"to": str(later(page)), "why_en": why})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not DateChange.objects.exists()


def test_another_language_has_the_reason_in_its_own_words_or_in_marked_english(client, officer, page):
    from wagtail.models import Locale

    urdu = page.copy_for_translation(Locale.objects.get_or_create(language_code="ur")[0], copy_parents=True)
    urdu.save_revision().publish(skip_permission_checks=True)
    for parent in urdu.get_ancestors().filter(live=False):
        parent.specific.save_revision().publish(skip_permission_checks=True)
    actions.move_last_day(page=page, by=officer.user, to=later(page), why=WHY)
    address = f"/ur/have-your-say/{page.slug}/"
    shown = client.get(address).content.decode()
    with translation.override("ur"):
        assert get_text("landing.why") in shown
    assert f'<span lang="en" dir="ltr">{WHY["en"]}</span>' in shown
    page.refresh_from_db()
    actions.move_last_day(page=page, by=officer.user, to=later(page), why=WHY | {"ur": "بہت سوں نے وقت مانگا۔"})
    shown = client.get(address).content.decode()
    assert "<span>بہت سوں نے وقت مانگا۔</span>" in shown and WHY["en"] not in shown


def test_it_does_not_stay_open_past_the_day_on_which_people_decide(officer, page):
    ConsultationPage.objects.update(decision_date=later(page, 3))
    with pytest.raises(NotAllowed, match="promises to use what people said"):
        actions.move_last_day(page=page, by=officer.user, to=later(page, 3), why=WHY)
    assert actions.move_last_day(page=page, by=officer.user, to=later(page, 2), why=WHY).now == later(page, 2)


def test_a_day_set_anew_by_its_workflow_says_nothing_of_an_old_change(client, officer, page):
    actions.move_last_day(page=page, by=officer.user, to=later(page), why=WHY)
    ConsultationPage.objects.update(closes=later(page, 30))
    assert WHY["en"] not in client.get(LANDING).content.decode()


def test_a_draft_from_before_does_not_move_it_back(officer, page):
    page.save_revision(user=officer.user)
    page.refresh_from_db()
    to = later(page)
    actions.move_last_day(page=page, by=officer.user, to=to, why=WHY)
    page.refresh_from_db()
    page.get_latest_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert page.closes == to


def test_the_database_knows_longer_from_sooner(page):
    for kind, was, now in (("longer", LAST, LAST), ("longer", None, LAST), ("sooner", LAST, LAST)):
        with pytest.raises(IntegrityError), transaction.atomic():
            DateChange.objects.create(page=page, kind=kind, was=was, now=now, made_on=TODAY)


def test_nothing_open_says_so(client_as, home):
    assert "Nothing is open" in client_as("engagement_officer").get("/staff/dates/").content.decode()


@pytest.mark.parametrize("field", ["opens", "closes"])
def test_no_editor_and_no_draft_moves_the_days_of_what_is_open(page, officer, field):
    """With another first day, a survey that was open was “Opens later”."""
    from consultation.surveys.forms import OPENED, TOLD

    form_class = ConsultationPage.get_edit_handler().get_form_class()
    data = {"title": page.title, "slug": page.slug, "summary": "x", field: str(later(page)), "body-count": "0"}
    form = form_class(data, instance=page, for_user=officer.user)
    form.is_valid()
    assert {OPENED, TOLD} & set(form.errors.get(field, []))
    draft = ConsultationPage.objects.get(pk=page.pk)
    setattr(draft, field, later(page, -1))
    saved = Revision.objects.get(pk=draft.save_revision().pk)
    assert getattr(saved.as_object(), field) == getattr(ConsultationPage.objects.get(pk=page.pk), field)


@pytest.mark.parametrize(
    "days",
    [
        {"closes": -1, "feedback_date": 9},
        {"closes": -1},
        {"closes": 9, "feedback_date": -1},
        {"closes": 9, "feedback_date": 20},
    ],
)
def test_no_editor_and_no_draft_moves_the_day_of_our_answer_once_it_counts(page, officer, days):
    """Else an answer that is late would be in time again, and nobody would be told."""
    from consultation.surveys.forms import PROMISED, PROMISED_OPEN

    today = timezone.localdate()
    told = {name: today + timedelta(days=number) for name, number in days.items()}
    told = {"opens": today - timedelta(days=30), "feedback_date": None} | told
    ConsultationPage.objects.filter(pk=page.pk).update(**told)
    page.refresh_from_db()
    form_class = ConsultationPage.get_edit_handler().get_form_class()
    data = {"title": page.title, "slug": page.slug, "summary": "x", "feedback_date": "2999-01-08", "body-count": "0"}
    form = form_class(data, instance=ConsultationPage.objects.get(pk=page.pk), for_user=officer.user)
    form.is_valid()
    assert {PROMISED, PROMISED_OPEN} & set(form.errors.get("feedback_date", []))
    draft = ConsultationPage.objects.get(pk=page.pk)
    draft.feedback_date = today + timedelta(days=400)
    saved = Revision.objects.get(pk=draft.save_revision().pk)
    assert saved.as_object().feedback_date == page.feedback_date


ANSWER = {
    "is_open": True, "was": date(2030, 4, 1), "closes": LAST, "decides": date(2030, 3, 20), "to": date(2030, 4, 8),
    "why": "x",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"is_open": False}, "Results and answers"),
        ({"was": None}, "Results and answers"),
        ({"why": ""}, "Say why"),
        ({"to": date(2030, 4, 1)}, "already"),
        ({"to": LAST}, "before it has closed"),
        ({"to": date(2030, 3, 19)}, "before it is decided"),
        ({"to": date(2030, 6, 1)}, "20 working days"),
    ],
)
def test_may_the_day_of_an_open_answer_move(changes, said):
    found = policies.explain_refused_answer_day(**ANSWER | changes)
    assert said in found and bool(found) == bool(said)


def test_the_day_of_our_answer_moves_with_a_reason_on_the_page(officer, client, page):
    was = policies.promised_answer_day(page.closes, page.feedback_date)
    to = was - timedelta(days=1)
    refused = officer.post(f"/staff/dates/{page.pk}/", {"answer-to": str(to)})
    assert refused.status_code == 422
    sent = {"answer-to": str(to), "answer-why_en": "We can tell you sooner."}
    assert officer.post(f"/staff/dates/{page.pk}/", sent).status_code == 302
    page.refresh_from_db()
    assert page.feedback_date == to
    shown = client.get(LANDING).content.decode()
    assert get_text("late.moved", was=was, date=to) in shown
    assert "We can tell you sooner." in shown


def test_a_later_close_does_not_move_an_answer_that_nobody_named(officer, page):
    promised = policies.promised_answer_day(page.closes, None)
    actions.move_last_day(page=page, by=officer.user, to=later(page), why=WHY)
    page.refresh_from_db()
    assert page.feedback_date == promised


def test_an_answer_that_nobody_named_stays_within_20_working_days_of_an_earlier_close(officer, page):
    """It was kept where it had been counted from the later day, and so came later than every consultation promises."""
    sooner = page.closes - timedelta(days=4)
    actions.move_last_day(page=page, by=officer.user, to=sooner, why=WHY)
    page.refresh_from_db()
    assert policies.promised_answer_day(page.closes, page.feedback_date) == policies.promised_answer_day(sooner, None)

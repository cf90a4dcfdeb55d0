"""Minority views: one author, two approvers, no number, and no trace where none exists."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from consultation.audit.erasure_types import ErasureGroup
from consultation.audit.models import AuditEntry
from insights.coding.desk.actions import confirm_codes
from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.releases.actions import RELEASES, create_release
from insights.releases.erasures import RedactedTexts
from insights.releases.minority_views import actions
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from insights.releases.stored_figures import WAITING
from tests import factories
from tests.insights import released

TODAY = date(2026, 11, 25)
WORDS = "It is frightening to be followed on the way home."
MAY = ("insights.approve_quote", "insights.view_reports", "insights.code_themes")


@pytest.fixture
def rare(release):
    return Theme.objects.get(slug="rare")


@pytest.fixture
def approvers(db):
    return [factories.staff(f"{name}@example.org", *MAY) for name in ("ann", "ben")]


@pytest.fixture
def approved(release, rare, officer, approvers):
    voice = actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)
    for person in approvers:
        actions.MINORITY_VIEWS.publish(voice, by=person)
    return voice


def report(client, release, **query):
    return client.get(reverse("insights:report", args=[release.pk], query=query or None)).content.decode()


@pytest.fixture
def as_planner(client, db):
    client.force_login(factories.staff("planner@example.org", "insights.view_reports"))
    return client


def test_it_shows_when_two_who_did_not_write_it_have_approved(release, rare, officer, approvers, as_planner):
    voice = actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)
    officer.user_permissions.add(*approvers[0].user_permissions.all())
    with pytest.raises(ValidationError, match="two colleagues"):
        actions.MINORITY_VIEWS.publish(voice, by=type(officer).objects.get(pk=officer.pk))
    actions.MINORITY_VIEWS.publish(voice, by=approvers[0])
    assert WORDS not in report(as_planner, release)
    actions.MINORITY_VIEWS.publish(voice, by=approvers[1])
    html = report(as_planner, release)
    assert "Few people said this, and it weighs much" in html
    assert WORDS in html
    theme = as_planner.get(reverse("insights:theme", args=[release.pk, "rare"])).content.decode()
    overview = as_planner.get(reverse("insights:consultation", args=[release.consultation.slug])).content.decode()
    assert WORDS in theme
    assert WORDS in overview
    assert "What few people said" in as_planner.get(reverse("insights:themes")).content.decode()
    assert ">4<" not in html + theme + overview


def test_one_person_twice_is_not_two(release, rare, officer, approvers):
    voice = actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)
    actions.MINORITY_VIEWS.publish(voice, by=approvers[0])
    with pytest.raises(ValidationError, match="who did neither"):
        actions.MINORITY_VIEWS.publish(voice, by=approvers[0])
    assert not MinorityVoice.objects.published().exists()


def themes_of(client, release, sort):
    html = report(client, release, sort=sort)
    part = html[html.index('id="th"') : html.index('id="q"')].replace(f"/releases/{release.pk}/", "/")
    return re.sub(
        r'<blockquote.*?</blockquote>|<a href="/insights/quotes/.*?</a>', "", part, flags=re.DOTALL
    )  # any of many


@pytest.mark.parametrize("sort", ["people", "grave"])
def test_a_theme_of_nobody_looks_like_one_of_few(answered, officer, client, sort):
    client.force_login(officer)
    few = create_release(consultation=answered, by=officer, today=TODAY)
    shown = themes_of(client, few, sort)
    RELEASES.discard(few, by=officer)
    for text in Text.objects.filter(text__startswith="rare"):
        confirm_codes(text=text, themes=[], by=officer)
    assert "Rare" in shown
    assert themes_of(client, create_release(consultation=answered, by=officer, today=TODAY), sort) == shown


def test_what_nobody_said_is_not_summed_up(release, rare, officer):
    Text.objects.filter(text__startswith="rare").delete()
    with pytest.raises(ValidationError, match="No person"):
        actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)


def test_a_theme_whose_number_shows_has_words_of_its_own(release, officer):
    with pytest.raises(ValidationError, match="number is hidden"):
        actions.write_minority_view(release=release, theme=Theme.objects.get(slug="lights"), words=WORDS, by=officer)


def test_what_a_machine_alone_found_is_not_summed_up(release, rare, officer):
    for text in Text.objects.filter(text__startswith="rare"):
        text.codes.update(source="model", coder=None, confidence=0.9)
        text.status.delete()
    with pytest.raises(ValidationError, match="No person"):
        actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)


def test_a_theme_without_a_number_yet_is_not_summed_up(release, rare, officer):
    released.hide_theme("rare", WAITING)
    assert actions.hidden_grave_themes(release) == []
    with pytest.raises(ValidationError, match="number is hidden"):
        actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)


def test_words_of_an_answer_are_refused(release, rare, officer):
    text = Text.objects.filter(text__startswith="rare").first()
    Text.objects.filter(pk=text.pk).update(text="he followed me home from the bus stop")
    with pytest.raises(ValidationError, match="own words"):
        actions.write_minority_view(
            release=release, theme=rare, words="People who followed me home from the bus.", by=officer
        )


def test_new_words_need_approval_anew(approved, release, rare, officer, approvers):
    other = {"release": release, "theme": rare, "words": "It is frightening to be followed.", "by": officer}
    with pytest.raises(ValidationError, match="Stop showing it"):
        actions.write_minority_view(**other)
    actions.stop_minority_view(voice=approved, by=approvers[0])
    actions.MINORITY_VIEWS.publish(approved, by=approvers[0])
    actions.MINORITY_VIEWS.publish(actions.write_minority_view(**other), by=approvers[0])
    assert not MinorityVoice.objects.published().exists()


def test_an_approval_is_for_the_words_that_stood_on_the_page(client, release, rare, officer, approvers):
    voice = actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)
    other = "It is frightening, and somebody should be told."
    actions.write_minority_view(release=release, theme=rare, words=other, by=officer)
    client.force_login(approvers[0])
    url = reverse("insights:publish-minority-view", args=[voice.pk])
    for seen in ({"seen_state": voice.state_hash}, {}):
        told = client.post(url, seen, follow=True).content.decode()
        assert "Someone wrote in this after you opened it" in told
    assert not voice.approved_by.exists()


def test_anyone_who_may_approve_may_stop_it(approved, approvers, release, as_planner):
    actions.stop_minority_view(voice=approved, by=approvers[0])
    assert WORDS not in report(as_planner, release)


def test_when_an_answer_is_taken_back_two_people_look_again(approved):
    rows = list(approved.rests_on.all())
    assert len(rows) == 4
    known = AuditEntry.objects.count()
    rows[0].delete()
    assert AuditEntry.objects.count() == known  # the log learns of it when the day is over, without the theme
    approved.refresh_from_db()
    assert (approved.words, MinorityVoice.objects.published().exists()) == (WORDS, False)
    Text.objects.filter(pk__in=[row.pk for row in rows[1:]]).delete()
    approved.refresh_from_db()
    assert approved.words == ""


def test_when_the_time_of_answers_is_over_what_was_published_stays(approved, release):
    page = release.consultation
    RedactedTexts().erase(ErasureGroup(str(page), TODAY, 80, page))
    approved.refresh_from_db()
    assert not Text.objects.exists()
    assert (approved.words, MinorityVoice.objects.published().count()) == (WORDS, 1)


def test_the_next_release_begins_from_the_words_of_the_last(approved, release, rare, officer):
    newer = Release(consultation=release.consultation, number=2)
    assert actions.earlier_summary(newer, rare) == WORDS
    assert actions.earlier_summary(newer, Theme.objects.get(slug="lights")) == ""


def test_writing_and_approving_without_permission(release, rare, officer):
    stranger = factories.staff("stranger@example.org", "insights.view_reports")
    with pytest.raises(PermissionDenied):
        actions.write_minority_view(release=release, theme=rare, words=WORDS, by=stranger)
    voice = actions.write_minority_view(release=release, theme=rare, words=WORDS, by=officer)
    with pytest.raises(PermissionDenied):
        actions.MINORITY_VIEWS.publish(voice, by=stranger)
    with pytest.raises(PermissionDenied):
        actions.stop_minority_view(voice=voice, by=stranger)


def test_the_way_through_the_pages(client, release, rare, officer, approvers):
    officer.user_permissions.add(*approvers[0].user_permissions.all())
    client.force_login(type(officer).objects.get(pk=officer.pk))
    url = reverse("insights:write-minority-view", args=[release.pk, "rare"])
    wrong = client.post(url, {"words": "Four people said it."})
    assert wrong.status_code == 422
    assert "Say nothing of how many" in wrong.content.decode()
    assert client.post(url, {"words": WORDS}).status_code == 302
    overview = reverse("insights:minority-views", args=[release.pk])
    assert ">Approve it<" not in client.get(overview).content.decode()
    voice = MinorityVoice.objects.get()
    for person in approvers:
        client.force_login(person)
        assert ">Approve it<" in client.get(overview).content.decode()
        client.post(reverse("insights:publish-minority-view", args=[voice.pk]), {"seen_state": voice.state_hash})
    assert "approved it, and the report shows it" in client.get(overview).content.decode()
    client.post(reverse("insights:stop-minority-view", args=[voice.pk]))
    assert "approved it, and the report shows it" not in client.get(overview).content.decode()


def test_by_gravity_a_hidden_theme_that_weighs_much_stands_first(release, as_planner):
    chart = report(as_planner, release, sort="grave").partition("Themes, by how many")[2]
    assert chart.index("Rare") < chart.index("Lights")
    html = as_planner.get(reverse("insights:themes")).content.decode()
    assert html.index("Rare") < html.index("Lights")
    html = as_planner.get(reverse("insights:themes", query={"sort": "people"})).content.decode()
    assert html.index("Lights") < html.index("Rare")

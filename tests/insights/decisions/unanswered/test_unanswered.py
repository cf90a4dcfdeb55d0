"""Themes without a decision, and decisions that newer evidence contradicts."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision
from insights.decisions.progress.actions import note_progress
from insights.decisions.unanswered import contradicted_decisions, unanswered_themes
from insights.decisions.unanswered.actions import dismiss_alert
from insights.decisions.unanswered.decision_four_fs import rate_four_fs
from insights.decisions.unanswered.models import Dismissal
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.stored_figures import WAITING
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence
from tests import factories
from tests.insights import released
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said
from tests.insights.releases.shown_minority_views import show_minority_view

TODAY = date.today()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def decided(parks, codebook, planner, colleague):
    page, version = parks
    codebook.entries.filter(theme__slug="staff").update(links=[{"strand": 5, "sub_point": "disrupt-prevent-harm"}])
    release = frozen_releases.make_release(version, codebook, {"lights": 40, "staff": 25, "rare": None})
    no = said(outcome="not-now", reason="Money.", alternative="none", decided=date(2026, 11, 1), due=YESTERDAY)
    made = record_decision(by=planner, consultations=[page], **no)
    cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    return publish_decision(decision=made, by=colleague)


def again(codebook, number=2, **people):
    version = Decision.objects.get().citations.get().release.consultation.versions.get()
    return frozen_releases.make_release(
        version, codebook, people, number=number, day=frozen_releases.DAY + timedelta(days=30 * number)
    )


@pytest.fixture
def asked_again(decided, codebook, home):
    """asked_again(number=1, **people): a release of the next wave."""
    earlier = decided.citations.get().release.consultation
    page, version = factories.consultation(
        home, slug="parks-again", title="Parks again", items=[factories.question("a")]
    )
    ConsultationPage.objects.filter(pk=page.pk).update(wave_of=earlier)

    def release(number=1, **people):
        day = frozen_releases.DAY + timedelta(days=30 * (number + 1))
        return frozen_releases.make_release(version, codebook, people, number=number, day=day)

    return release


def test_what_is_not_heard(decided):
    themes = list_theme_evidence(list_newest_releases(), views=True)
    waiting = unanswered_themes.list_unanswered_themes(themes)
    assert [one.entry.theme.slug for one in waiting] == ["staff"], "that anyone spoke of the other is hidden"
    strand = next(row for row in unanswered_themes.count_themes_by_strand(themes, waiting) if row["id"] == "5")
    assert (strand["themes"], strand["without"], strand["people"]) == (1, 1, 25)
    police = Agency.objects.create(name="The police", slug="the-police")
    ActionItem.objects.create(decision=decided, agency=police, what="Walk there.", due=YESTERDAY)
    late = unanswered_themes.list_overdue_promises(date.today())
    assert {(one.what, one.who) for one in late} == {("To be done", decided.lead_role), ("Walk there.", "The police")}
    children = next(
        row
        for row in unanswered_themes.count_decisions_by_audience(list_newest_releases())
        if row["key"] == "children-young-people"
    )
    assert (children["reported"], children["decisions"]) == (1, 1)


def test_a_strand_says_what_stands_for_the_number_of_its_themes(decided, client, planner):
    released.hide_theme("staff", NEARLY_ALL)
    client.force_login(planner)
    (row,) = [
        tr.get_text(" ", strip=True)
        for tr in BeautifulSoup(client.get(reverse("insights:unanswered")).content, "html.parser").select(
            "#strands ~ div tr"
        )
        if "Disrupt" in tr.text
    ]
    assert NEARLY_ALL in row and "fewer than" not in row


def test_a_hidden_number_looks_the_same_for_few_and_for_none(decided, codebook):
    """A grave theme is named either way, as one of which nobody may know; an everyday one is not, either way."""
    assert unanswered_themes.list_hidden_themes(list_theme_evidence(list_newest_releases(), views=True)) == ["Rare"]
    release = again(codebook, lights=40, staff=None, rare=None)
    themes = list_theme_evidence(list_newest_releases(), views=True)
    assert (
        unanswered_themes.list_hidden_themes(themes) == ["Rare"]
        and unanswered_themes.list_unanswered_themes(themes) == []
        and contradicted_decisions.list_alerts() == []
    )
    rare = release.codebook_version.entries.get(label="Rare").theme
    people = [factories.staff(f"{name}@example.org") for name in ("w", "a")]
    show_minority_view(release, rare, "A few said it.", *people)
    themes = list_theme_evidence(list_newest_releases(), views=True)
    assert unanswered_themes.list_hidden_themes(themes) == [] and [
        one.entry.label for one in unanswered_themes.list_unanswered_themes(themes)
    ] == ["Rare"]


def test_a_theme_that_another_report_shows_is_not_told_as_one_of_few_or_nobody(decided, codebook, asked_again):
    """“Few people spoke of each, or nobody” is said of all reports together."""
    asked_again(lights=40, rare=30)
    themes = list_theme_evidence(list_newest_releases(), views=True)
    assert "rare" in [one.entry.theme.slug for one in unanswered_themes.list_unanswered_themes(themes)]
    assert unanswered_themes.list_hidden_themes(themes) == []
    released.hide_theme("rare", WAITING, [decided.citations.get().release])
    themes = list_theme_evidence(list_newest_releases(), views=True)
    assert unanswered_themes.list_waiting_themes(themes) == []


def test_a_theme_without_a_number_yet_is_not_told_as_one_of_few_or_nobody(decided, client, planner):
    released.hide_theme("rare", WAITING)
    themes = list_theme_evidence(list_newest_releases(), views=True)
    assert unanswered_themes.list_hidden_themes(themes) == []
    assert unanswered_themes.list_waiting_themes(themes) == ["Rare"]
    client.force_login(planner)
    page = " ".join(client.get(reverse("insights:unanswered")).content.decode().split())
    assert "No number yet: people have read too few of these answers: Rare." in page
    assert "Grave themes that few people, or nobody" not in page


NOW = {"value": 80, "percent": 80, "low": 72, "high": 88}
THEN = {"value": 40, "percent": 40, "low": 32, "high": 48}
HIDDEN = {"value": None, "percent": None, "low": None, "high": None}
MORE_PEOPLE_SAME_SHARE = THEN | {"value": 400}


@pytest.mark.parametrize(
    ("outcome", "progress", "bearing", "then", "now", "said"),
    [
        ("no", "planned", "supports", THEN, NOW, "A larger share asks for it than when the answer was “no”"),
        ("no", "planned", "supports", THEN, THEN, ""),
        ("yes", "planned", "supports", THEN, NOW, ""),
        ("yes", "started", "supports", NOW, THEN, "A far smaller share speaks of it"),
        ("yes", "done", "supports", THEN, NOW, "It is done, and people speak of it as much"),
        ("yes", "done", "supports", NOW, THEN, ""),
        ("yes", "planned", "challenges", THEN, NOW, "A larger share speaks against it"),
        ("yes", "planned", "challenges", NOW, THEN, ""),
        ("no", "planned", "supports", HIDDEN, NOW, ""),
        ("no", "planned", "supports", THEN, HIDDEN, ""),
        ("yes", "done", "supports", HIDDEN, NOW, ""),
        ("no", "planned", "supports", THEN, MORE_PEOPLE_SAME_SHARE, ""),
        ("yes", "done", "supports", THEN, MORE_PEOPLE_SAME_SHARE, "It is done, and people speak of it as much"),
    ],
)
def test_when_newer_evidence_speaks_against_a_decision(outcome, progress, bearing, then, now, said):
    decision = Decision(outcome=outcome, progress=progress)
    found = contradicted_decisions.describe_contradiction(decision, bearing, then, now)
    assert found.startswith(said) and bool(found) == bool(said)


def test_a_newer_release_of_the_same_people_and_more_is_no_newer_evidence(decided, codebook):
    again(codebook, lights=80, staff=25, rare=None)
    assert contradicted_decisions.list_alerts() == []


def test_waves_whose_themes_were_counted_in_different_ways_raise_no_alert(asked_again):
    later = asked_again(lights=80, staff=25, rare=None)
    assert len(contradicted_decisions.list_alerts()) == 1
    figure = later.figures.get(kind="themes")
    figure.table["sample"] = None
    figure.save()
    assert contradicted_decisions.list_alerts() == []


def test_the_last_wave_is_what_a_decision_is_held_against(asked_again, codebook, home):
    second = asked_again(lights=80, staff=25, rare=None)
    page, version = factories.consultation(home, slug="third", title="Third", items=[factories.question("a")])
    ConsultationPage.objects.filter(pk=page.pk).update(wave_of=second.consultation)
    assert len(contradicted_decisions.list_alerts()) == 1, "the third has no release"
    frozen_releases.make_release(version, codebook, {"lights": 41}, day=frozen_releases.DAY)
    assert contradicted_decisions.list_alerts() == [], "though it was released before the second"


def test_an_alert_is_dismissed_by_a_person_with_a_reason_and_a_newer_release_raises_it_again(
    decided,
    asked_again,
    planner,
    client,
):
    asked_again(lights=80, staff=25, rare=None)
    (alert,) = contradicted_decisions.list_alerts()
    assert "40% of those who wrote in the earlier wave, 80% in the later one" in alert.reason
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/insights/unanswered/").content.decode()
    assert alert.reason in page and "Rare" in page and decided.title in client.get("/insights/").content.decode()
    address = f"/insights/unanswered/lights-first/{alert.release.pk}/{alert.theme_id}/dismiss/"
    assert "This field is required" in client.post(address, {"reason": " "}).content.decode()
    assert client.post(address, {"reason": "The money comes in spring."}).status_code == 302
    assert client.get(address).status_code == 404 and contradicted_decisions.list_alerts() == []
    assert "The money comes in spring." in client.get("/insights/unanswered/?way=stale").content.decode()
    assert AuditEntry.objects.filter(verb="newer evidence dismissed").count() == 1 and list_ledger_problems() == []
    Dismissal.objects.update(reason="Because.")
    assert "is not what ledger entry" in list_ledger_problems()[0]
    asked_again(number=2, lights=85, staff=25, rare=None)
    assert len(contradicted_decisions.list_alerts()) == 1
    with pytest.raises(PermissionDenied):
        dismiss_alert(
            alert=contradicted_decisions.list_alerts()[0], by=factories.staff("reader@example.org"), reason="No."
        )
    with pytest.raises(ValidationError):
        dismiss_alert(alert=contradicted_decisions.list_alerts()[0], by=planner, reason=" ")


def test_filters_stand_in_the_address(decided, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    grave = client.get("/insights/unanswered/?way=waiting&gravity=3").content.decode()
    assert "Rare" in grave and "Staff" not in grave and "Promises past" not in grave.split("</form>")[1]
    strand = client.get("/insights/unanswered/?way=waiting&strand=5").content.decode()
    assert "Rare" not in strand.split("</form>")[1] and "Staff" in strand
    assert (
        "No theme is like that" in client.get("/insights/unanswered/?way=waiting&gravity=3&strand=5").content.decode()
    )
    assert client.get("/insights/unanswered/?way=x&strand=99&consultation=none").status_code == 200


def test_the_four_fs_of_a_decision_say_what_is_not_so_yet(decided, parks, codebook, colleague, planner, client):
    page, _ = parks
    page.closes = TODAY - timedelta(days=60)
    page.save()
    Decision.objects.filter(pk=decided.pk).update(easy={})
    decided.refresh_from_db()
    found = {mark.name: mark for mark in rate_four_fs(decided, TODAY)}
    assert found["Full"].says == "1 of 2 themes wait for an answer" and not found["Full"].held
    assert "no easy read" in found["Friendly"].says and not found["Friendly"].held
    assert found["Fast"].says == "Published later than 20 working days of the close" and not found["Fast"].held
    assert found["Followed up"].says == "Nobody has said yet how it goes"
    again(codebook, lights=40)
    page.closes = YESTERDAY
    page.save()
    Decision.objects.filter(pk=decided.pk).update(due=None, easy={"we_did": "We will not."})
    note_progress(decision=decided, by=colleague, progress="done", words="It is done.")
    marks = rate_four_fs(Decision.objects.get(), TODAY)
    assert [mark.held for mark in marks] == [True] * 4, marks
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    assert "Each theme has an answer" in client.get(f"/insights/decisions/{decided.slug}/").content.decode()
    draft = record_decision(by=planner, consultations=[page], **said(slug="draft", title="A draft", easy={}))
    shown = client.get(f"/insights/decisions/{draft.slug}/").content.decode()
    assert "Before it is published" in shown and "9 is the most, no easy read" in shown

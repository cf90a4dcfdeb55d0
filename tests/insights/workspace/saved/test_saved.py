"""Saved pages and notes: private until shared, then for the same agency; only the author changes them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from consultation.audit.models import AuditEntry
from insights.workspace.saved import actions, policies
from insights.workspace.saved.models import KeptPage, Note
from tests import factories
from tests.insights import released


@pytest.fixture
def people(db):
    """A planner, a colleague of the same agency, one of another, and one without any."""
    agencies = {"ann": "Council", "ben": "Council", "cat": "Police", "dan": ""}
    return {
        name: factories.staff(f"{name}@example.org", "insights.view_reports", agency=agency)
        for name, agency in agencies.items()
    }


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/insights/", "home"),
        ("/insights/compare/?release=1&by=q-age", "compare"),
        ("/insights/coverage/", "coverage"),
        ("https://elsewhere.example/insights/", ""),
        ("//elsewhere.example/insights/", ""),
        ("/insights/\\elsewhere", ""),
        ("//[/insights/", ""),
        ("/insights/themes/?by=\0", ""),
        ("/insights/nowhere/", ""),
        ("/staff/", ""),
        ("/insights/decisions/record/", ""),
        ("/accounts/logout/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_pages_of_the_workspace_are_kept(address, name):
    assert policies.saveable_page_name(address) == name


def test_a_kept_page_is_ones_own_until_it_is_shared_with_the_same_agency(people):
    ann, ben, cat, dan = people.values()
    kept = actions.save_page(by=ann, address="/insights/themes/?by=quarter", name="  Over   time ")
    assert kept.name == "Over time"
    assert [list(KeptPage.objects.seen_by(one)) for one in (ann, ben, cat, dan)] == [[kept], [], [], []]
    actions.change_saved_page(kept=kept, by=ann, name="Over time", shared=True)
    assert [list(KeptPage.objects.seen_by(one)) for one in (ann, ben, cat, dan)] == [[kept], [kept], [], []]
    again = actions.save_page(by=ann, address="/insights/themes/?by=quarter", name="Quarters")
    assert (again.pk, KeptPage.objects.count()) == (kept.pk, 1)
    with pytest.raises(PermissionDenied):
        actions.remove_saved_page(kept=kept, by=ben)
    with pytest.raises(ValidationError):
        actions.save_page(by=dan, address="/insights/", name="Home", shared=True)  # no agency, no team
    with pytest.raises(ValidationError):
        actions.save_page(by=ann, address="/staff/", name="Elsewhere")
    actions.remove_saved_page(kept=again, by=ann)
    assert [entry.verb for entry in AuditEntry.objects.filter(object_type="keptpage")][-1] == "page kept no more"
    assert "time" not in str(list(AuditEntry.objects.values_list("data", flat=True)))  # never words


def test_whoever_shares_none_agency_is_no_team(people):
    """Two people whose accounts name no agency are not one team."""
    dan, eve = people["dan"], factories.staff("eve@example.org", "insights.view_reports", agency=" ")
    for one in (dan, eve):
        KeptPage.objects.create(owner=one, name="Mine", address="/insights/", shared=True, kept_on=released.DAY)
    assert [KeptPage.objects.seen_by(one).count() for one in (dan, eve)] == [1, 1]
    with pytest.raises(ValidationError):
        actions.save_page(by=eve, address="/insights/themes/", name="Themes", shared=True)


def test_a_partner_sees_what_the_own_agency_shares_and_nothing_of_ours(people, person, client, home):
    """Agreements know an agency however its name is written in capitals, and so do teams."""
    ann, partner = people["ann"], person("partner_viewer")
    ally = factories.staff("ally@example.org", "insights.view_reports", agency="RIVERSIDE Partnership")
    release = released.release(released.asked(home), released.codebook(lights=[]), {"lights": 50})
    for owner in (ann, ally):
        actions.save_page(by=owner, address="/insights/themes/", name=f"Page of {owner}", shared=True)
        actions.write_note(by=owner, release=release, theme=None, words=f"Note of {owner}", shared=True)
        actions.write_note(by=owner, release=release, theme=None, words=f"Secret of {owner}")
    client.force_login(partner)
    for path in (reverse("insights:saved"), reverse("insights:report", args=[release.pk])):
        html = client.get(path).content.decode()
        assert f"Note of {ally}" in html and "Secret of" not in html and str(ann) not in html, path
    assert [kept.owner for kept in KeptPage.objects.seen_by(partner)] == [ally]
    assert not Note.objects.seen_by(ann).filter(owner=ally).exists()


def test_the_pages_of_the_shelf(client, people, home):
    ann, ben, cat, _ = people.values()
    version = released.codebook(lights=[], buses=[])
    release = released.release(released.asked(home), version, {"lights": 50, "buses": None})
    theme_url = reverse("insights:theme", args=[release.pk, "lights"])
    client.force_login(ann)
    assert "Nothing is saved yet" in client.get(reverse("insights:saved")).content.decode()
    url = reverse("insights:save-page", query={"address": theme_url, "name": "Lights"})
    assert url.partition("?")[0] in client.get(theme_url).content.decode()
    assert 'value="Lights"' in client.get(url).content.decode()
    wrong = client.post(url, {"address": theme_url, "name": " "})
    assert (wrong.status_code, "Error: " in wrong.content.decode()) == (422, True)
    assert client.post(url, {"address": theme_url, "name": "Lights", "shared": "on"}).url == theme_url
    assert client.get(reverse("insights:save-page", query={"address": "/staff/"})).status_code == 404
    write = reverse("insights:write-theme-note", args=[release.pk, "lights"])
    assert write in client.get(theme_url).content.decode()
    assert client.post(write, {"words": ""}).status_code == 422
    client.post(write, {"words": "Ask the bus company.", "shared": "on"})
    client.post(reverse("insights:write-note", args=[release.pk]), {"words": "Mine alone."})
    note = Note.objects.get(shared=True)
    client.force_login(ben)
    shelf = client.get(reverse("insights:saved")).content.decode()
    assert theme_url in shelf
    assert "Ask the bus company." in client.get(theme_url).content.decode()
    assert "Mine alone." not in shelf + client.get(reverse("insights:report", args=[release.pk])).content.decode()
    assert client.get(reverse("insights:note", args=[note.pk])).status_code == 403
    client.force_login(cat)
    assert "Ask the bus company." not in client.get(theme_url).content.decode()
    assert client.post(reverse("insights:remove-note", args=[note.pk])).status_code == 404
    client.force_login(ann)
    client.post(reverse("insights:note", args=[note.pk]), {"words": "Ask them in May."})
    note.refresh_from_db()
    assert (note.words, note.shared) == ("Ask them in May.", False)
    client.post(reverse("insights:remove-note", args=[note.pk]))
    client.post(reverse("insights:remove-saved-page", args=[KeptPage.objects.get().pk]))
    assert (Note.objects.count(), KeptPage.objects.count()) == (1, 0)

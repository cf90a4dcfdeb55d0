"""Codebook versions: two people, one draft, and approved versions never change (S1)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.audit.models import AuditEntry
from insights.coding.codebooks import actions
from insights.coding.codebooks.actions import (
    approve_version,
    begin_codebook,
    begin_draft,
    describe_version,
    import_draft,
    set_aside_draft,
)
from insights.coding.codebooks.editing.actions import add_theme, change_theme, shift_theme
from insights.coding.models import Codebook, CodebookVersionStatus
from tests import factories


def labels(version):
    return [entry.label for entry in version.entries.all()]


def test_a_draft_begins_as_the_version_in_force(book, draft):
    assert (draft.number, draft.based_on, draft.status) == (2, book.current, CodebookVersionStatus.DRAFT)
    assert labels(draft) == labels(book.current)


def test_there_is_one_draft_at_a_time(book, draft, colleague):
    with pytest.raises(ValidationError, match="A draft of this codebook is open"):
        begin_draft(codebook=book, by=colleague)
    with pytest.raises(ValidationError, match="A draft of this codebook is open"):
        import_draft(codebook=book, themes=[], by=colleague)


def test_the_drafter_alone_cannot_put_a_version_in_force(book, draft, officer, colleague):
    approve_version(version=draft, by=officer)
    approve_version(version=draft, by=officer)
    assert book.current != draft
    approve_version(version=draft, by=colleague)
    assert book.current == draft
    assert draft.approved_on


def test_a_change_takes_back_the_approvals_before_it(book, draft, officer, colleague):
    approve_version(version=draft, by=officer)
    add_theme(version=draft, row={"label": "Benches"}, by=officer)
    approve_version(version=draft, by=colleague)
    assert book.current != draft


def test_nobody_approves_what_they_have_not_seen(draft, officer, colleague):
    seen = actions.compute_draft_fingerprint(draft)
    change_theme(entry=draft.entries.first(), row={"label": "Lamps"}, by=officer)
    with pytest.raises(ValidationError, match="changed this draft after you opened"):
        approve_version(version=draft, by=colleague, seen=seen)
    assert not draft.approved_by.exists()


def test_a_draft_of_an_older_version_is_not_approved_over_a_newer_one(book, draft, both, officer):
    newer = actions.load_codebook(slug="seed", name="Seed", themes=[{"slug": "lights", "label": "Lamps"}], by=officer)
    both(newer)
    with pytest.raises(ValidationError, match="Another version was approved"):
        approve_version(version=draft, by=officer)


def test_what_is_in_force_cannot_be_changed(book, officer):
    with pytest.raises(ValidationError, match="no draft any more"):
        add_theme(version=book.current, row={"label": "Benches"}, by=officer)
    with pytest.raises(ValidationError, match="no draft any more"):
        set_aside_draft(version=book.current, by=officer)


def test_a_draft_that_is_set_aside_leaves_room_for_another(book, draft, officer):
    set_aside_draft(version=draft, by=officer)
    assert begin_draft(codebook=book, by=officer).number == 3
    draft.refresh_from_db()
    assert draft.status == CodebookVersionStatus.SET_ASIDE


def test_who_may_not_propose_changes_nothing(book, draft):
    stranger = factories.staff("planner@example.org", "insights.view_reports")
    for verb in (
        lambda: begin_codebook(name="X", slug="x", by=stranger),
        lambda: begin_draft(codebook=book, by=stranger),
        lambda: describe_version(version=draft, label="", why="x", by=stranger),
        lambda: set_aside_draft(version=draft, by=stranger),
        lambda: add_theme(version=draft, row={"label": "Benches"}, by=stranger),
        lambda: approve_version(version=draft, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_another_words_keep_the_permanent_id(draft, theme, officer):
    entry = draft.entries.get(theme=theme("lights"))
    change_theme(entry=entry, row={"label": "Street lights", "examples": ["it is dark"]}, by=officer)
    entry.refresh_from_db()
    assert (entry.theme.slug, entry.label, entry.examples) == ("lights", "Street lights", ["it is dark"])


def test_no_two_themes_of_a_draft_have_one_label(draft, officer):
    with pytest.raises(ValidationError, match="Another theme of this draft"):
        add_theme(version=draft, row={"label": "lights"}, by=officer)


def test_themes_are_put_in_order_within_their_family(draft, officer, theme):
    add_theme(version=draft, row={"label": "Benches", "family": "parks"}, by=officer)
    shift_theme(entry=draft.entries.get(theme=theme("staff")), up=True, by=officer)
    assert labels(draft)[:2] == ["Staff", "Lights"]
    shift_theme(entry=draft.entries.get(theme=theme("staff")), up=True, by=officer)
    assert labels(draft)[:2] == ["Staff", "Lights"]


def test_a_new_codebook_has_an_empty_draft_and_needs_a_theme(officer):
    version = begin_codebook(name="Buses", slug="buses", by=officer)
    with pytest.raises(ValidationError, match="at least one theme"):
        approve_version(version=version, by=officer)
    with pytest.raises(ValidationError, match="has this short name"):
        begin_codebook(name="Buses", slug="buses", by=officer)
    assert Codebook.objects.filter(slug="buses").count() == 1


def test_each_verb_is_in_the_audit_log_and_no_words_are(draft, officer, book, both):
    add_theme(version=draft, row={"label": "Very particular benches"}, by=officer)
    both(draft)
    said = list(AuditEntry.objects.filter(object_type="codebookversion", object_id=str(draft.pk)))
    verbs = {entry.verb for entry in said}
    assert {
        "codebook version drafted",
        "theme added to a draft",
        "codebook version approved",
        "texts recoded",
    } <= verbs
    assert not any("particular" in str(entry.data) for entry in said)

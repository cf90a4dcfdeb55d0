import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from insights.coding.codebooks import approve_version
from insights.coding.codebooks.actions import set_aside_draft
from insights.coding.desk.actions import confirm_codes
from insights.coding.discovery import actions, suggestion_overview
from insights.coding.discovery.models import DiscoveryRun, Placement, SuggestionState
from insights.coding.models import Code, Codebook, CodeSource, Theme, ThemeEntry
from insights.corpus.models import Text
from tests import factories
from tests.insights.coding.discovery.conftest import write


def draft():
    return Codebook.objects.get(slug="seed").versions.get(status="draft")


def accept(one, officer, label="Buses"):
    return actions.accept_suggestion(
        suggestion=one, label=label, definition="Late.", phrases=["the bus is late"], by=officer
    )


def test_a_look_is_asked_for_once(missed, officer, colleague):
    first = actions.ask_for_discovery(consultation=missed[0], by=officer)
    assert actions.ask_for_discovery(consultation=missed[0], by=colleague) == first
    assert AuditEntry.objects.filter(verb="discovery asked for").count() == 1


def test_an_accepted_suggestion_is_a_theme_of_a_draft_and_of_no_version_in_force(suggestions, officer, codebook):
    found = accept(suggestions[0], officer)
    entry = draft().entries.get(label="Buses")
    assert (found.state, found.theme, entry.examples) == (SuggestionState.ACCEPTED, entry.theme, ["the bus is late"])
    assert draft().entries.count() == codebook.entries.count() + 1
    assert not codebook.entries.filter(label="Buses").exists()


@pytest.mark.parametrize("verb", ["accept_suggestion", "join_suggestion"])
def test_one_persons_sentence_is_not_kept_in_the_codebook(suggestions, officer, verb):
    one = write(suggestions[0].consultation.versions.get(), "Honestly the 620 was\nlate when my nan fell")[0]
    own = {
        "accept_suggestion": {"label": "Buses", "definition": ""},
        "join_suggestion": {"theme": Theme.objects.get(slug="staff")},
    }[verb]
    for phrase in (one.text, "the 620 WAS late when"):
        with pytest.raises(ValidationError, match="stands in an answer"):
            getattr(actions, verb)(suggestion=suggestions[0], phrases=[phrase], by=officer, **own)
    fine = ["buses that come late or never", "the 620 was late", "school lunch costs too much"]
    getattr(actions, verb)(suggestion=suggestions[0], phrases=fine, by=officer, **own)


def test_two_accepted_ones_go_into_one_draft_and_earlier_approvals_are_gone(suggestions, officer):
    accept(suggestions[0], officer)
    approve_version(version=draft(), by=officer)
    accept(suggestions[1], officer, "Food")
    assert draft().approved_by.count() == 0
    assert draft().entries.filter(label__in=["Buses", "Food"]).count() == 2


def test_two_themes_of_a_draft_never_have_one_name(suggestions, officer):
    accept(suggestions[0], officer)
    with pytest.raises(ValidationError, match="Another theme"):
        accept(suggestions[1], officer, "buses")
    suggestions[1].refresh_from_db()
    assert suggestions[1].is_open


def test_undo_takes_the_theme_out_of_the_draft(suggestions, officer):
    actions.undo_decision(suggestion=accept(suggestions[0], officer), by=officer)
    suggestions[0].refresh_from_db()
    assert suggestions[0].is_open
    assert not ThemeEntry.objects.filter(label="Buses").exists()
    assert not Theme.objects.filter(slug="buses").exists()


def test_a_theme_of_a_draft_that_was_set_aside_is_not_called_in_force_and_can_be_undone(client, suggestions, officer):
    found = accept(suggestions[0], officer)
    set_aside_draft(version=draft(), by=officer)
    client.force_login(officer)
    told = client.get(reverse("insights:discovery-of", args=[found.consultation.slug])).content.decode()
    assert "a theme of a draft that was set aside" in told
    actions.undo_decision(suggestion=found, by=officer)
    suggestions[0].refresh_from_db()
    assert suggestions[0].is_open


def test_what_a_split_theme_had_is_asked_about_and_not_missed(suggestions, officer, codebook):
    text = suggestion_overview.missed_texts(suggestions[0].consultation).first()
    theme = Theme.objects.first()
    confirm_codes(text=text, themes=[theme], by=officer)
    Code.objects.filter(text=text).delete()
    Code.objects.create(text=text, theme=theme, version=codebook, source=CodeSource.RULE, confidence=0.0)
    assert not suggestion_overview.missed_texts(suggestions[0].consultation).filter(pk=text.pk).exists()


def test_what_was_approved_cannot_be_undone_here(suggestions, officer, colleague):
    found = accept(suggestions[0], officer)
    for person in (officer, colleague):
        approve_version(version=draft() if person == officer else found.entry.version, by=person)
    with pytest.raises(ValidationError, match="approved"):
        actions.undo_decision(suggestion=found, by=officer)


def test_a_draft_that_is_set_aside_gives_the_suggestion_back_and_stays_as_it_was(suggestions, officer):
    found, version = accept(suggestions[0], officer), draft()
    set_aside_draft(version=version, by=officer)
    actions.undo_decision(suggestion=found, by=officer)
    suggestions[0].refresh_from_db()
    assert suggestions[0].is_open and version.entries.filter(label="Buses").exists()
    accept(suggestions[0], officer)
    assert draft() != version


def test_joining_gives_a_theme_phrases_and_undo_takes_just_those_back(suggestions, officer):
    lights = Theme.objects.get(slug="lights")
    found = actions.join_suggestion(
        suggestion=suggestions[0], theme=lights, phrases=["it is dark", "no lamps"], by=officer
    )
    assert draft().entries.get(theme=lights).examples == ["it is dark", "no lamps"]
    actions.undo_decision(suggestion=found, by=officer)
    assert draft().entries.get(theme=lights).examples == ["it is dark"]


def test_a_theme_of_another_codebook_is_refused(suggestions, officer):
    from insights.coding.codebooks import load_codebook

    other = load_codebook(slug="other", name="Other", by=officer, themes=[{"slug": "x", "label": "X"}])
    with pytest.raises(ValidationError, match="another codebook"):
        actions.join_suggestion(suggestion=suggestions[0], theme=other.entries.get().theme, phrases=[], by=officer)


def test_merged_ones_count_as_one_and_undo_gives_each_its_own_back(suggestions, officer):
    buses, food, _ = suggestions
    actions.merge_suggestions(suggestions=[buses, food], into=buses, by=officer)
    assert suggestion_overview.build_suggestion_row(buses).people == 42
    food.refresh_from_db()
    assert (food.state, food.into) == (SuggestionState.MERGED, buses)
    actions.undo_decision(suggestion=food, by=officer)
    assert suggestion_overview.build_suggestion_row(buses).people == 21


def test_a_person_in_two_merged_ones_is_counted_once(suggestions, officer):
    buses, food, _ = suggestions
    texts = [one.own_placements.first().text for one in (buses, food)]
    Text.objects.filter(pk=texts[1].pk).update(respondent=texts[0].respondent)
    actions.merge_suggestions(suggestions=[food], into=buses, by=officer)
    assert suggestion_overview.build_suggestion_row(buses).people == 41
    rows = {
        row.suggestion.pk: row.people
        for row in suggestion_overview.list_suggestion_rows(buses.consultation, [SuggestionState.OPEN])
    }
    assert rows[buses.pk] == 41


def test_a_split_is_not_undone_while_one_of_its_parts_holds_another(suggestions, officer):
    whole, part, other = suggestions
    whole.save_decision(SuggestionState.SPLIT, by=officer, on=timezone.localdate())
    part.parent = whole
    part.save()
    actions.merge_suggestions(suggestions=[other], into=part, by=officer)
    with pytest.raises(ValidationError, match="one of the two parts"):
        actions.undo_decision(suggestion=whole, by=officer)


def test_one_alone_cannot_be_merged(suggestions, officer):
    with pytest.raises(ValidationError, match="at least two"):
        actions.merge_suggestions(suggestions=[suggestions[0]], into=suggestions[0], by=officer)


def test_a_dismissed_one_says_why(suggestions, officer):
    with pytest.raises(ValidationError, match="Say why"):
        actions.dismiss_suggestion(suggestion=suggestions[0], reason="", by=officer)
    found = actions.dismiss_suggestion(suggestion=suggestions[0], reason="outside", note="Another council", by=officer)
    assert (found.state, found.reason, found.decided_by) == (SuggestionState.DISMISSED, "outside", officer)


def test_nobody_decides_twice(suggestions, officer):
    actions.dismiss_suggestion(suggestion=suggestions[0], reason="mixed", by=officer)
    with pytest.raises(ValidationError, match="already"):
        accept(suggestions[0], officer)


def test_each_decision_is_in_the_log_without_a_word_of_what_was_said(suggestions, officer):
    before = AuditEntry.objects.count()
    accept(suggestions[0], officer)
    actions.dismiss_suggestion(suggestion=suggestions[1], reason="other", note="secret", by=officer)
    entries = AuditEntry.objects.order_by("seq")[before:]
    assert {"suggestion accepted as a draft theme", "suggestion dismissed"} <= {entry.verb for entry in entries}
    assert "secret" not in str([entry.data for entry in entries])


@pytest.mark.parametrize(
    "verb",
    [
        "ask_for_split",
        "undo_decision",
        "dismiss_suggestion",
        "accept_suggestion",
        "merge_suggestions",
        "ask_for_discovery",
    ],
)
def test_whoever_may_not_propose_decides_nothing(suggestions, verb):
    by, one = factories.staff("planner@example.org", "insights.view_reports"), suggestions[0]
    told = {
        "ask_for_discovery": {"consultation": one.consultation},
        "ask_for_split": {"suggestion": one},
        "undo_decision": {"suggestion": one},
        "dismiss_suggestion": {"suggestion": one, "reason": "mixed"},
        "accept_suggestion": {"suggestion": one, "label": "X", "definition": "", "phrases": []},
        "merge_suggestions": {"suggestions": suggestions, "into": one},
    }
    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(**told[verb], by=by)
    assert not DiscoveryRun.objects.exists()


def test_what_is_withdrawn_is_in_no_list_and_no_count_from_then_on(suggestions, officer):
    from insights.corpus.actions import forget_respondent

    typical, _ = suggestion_overview.typical_and_atypical_texts(suggestions[0], officer)
    gone = typical[0][0]
    forget_respondent(gone.respondent)
    typical, atypical = suggestion_overview.typical_and_atypical_texts(suggestions[0], officer)
    assert gone.pk not in {text.pk for text, _ in typical + atypical}
    assert suggestion_overview.build_suggestion_row(suggestions[0]).people == 20
    assert not Placement.objects.filter(text_id=gone.pk).exists()

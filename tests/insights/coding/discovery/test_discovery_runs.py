"""A worker's discovery run, with the real engine on a few invented answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.coding.desk.actions import confirm_codes
from insights.coding.discovery import actions, discovery_runs, suggestion_overview
from insights.coding.discovery.discovery_runs import place_new_texts
from insights.coding.discovery.models import DiscoveryRun, DiscoveryRunStatus, Placement, Suggestion, SuggestionState
from insights.coding.discovery.suggestion_groups import GroupedTexts, SuggestionGroup
from insights.coding.models import Code, MachineReading, Theme
from insights.corpus.models import Text
from tests.insights.coding.discovery.conftest import words, write
from tests.insights.coding.divided_sweeps import run_discovery_sweep


def named(word):
    return next(one for one in Suggestion.objects.standing() if any(word in part for part in one.name))


def texts_of(one):
    return set(one.placements_with_merged.values_list("text", flat=True))


def read_by_machine(version):
    """The machine has read every text, and proposes nothing."""
    MachineReading.objects.bulk_create(
        MachineReading(text=text, version=version, engine="a test", polarity=0, sentiment="neutral")
        for text in Text.objects.all()
    )


@pytest.mark.any_database
@pytest.mark.slow
def test_a_look_finds_what_the_codebook_misses_and_names_it(looked):
    run = DiscoveryRun.objects.get()
    assert (run.status, run.stage) == (DiscoveryRunStatus.DONE, "")
    names = " ".join(part for one in Suggestion.objects.all() for part in one.name)
    assert all(word in names for word in ("bus", "lunch", "toilets"))
    assert Placement.objects.filter(suggestion__isnull=False).count() == 63
    assert 3 <= Suggestion.objects.count() <= 6


@pytest.mark.slow
def test_a_second_look_keeps_what_stands(looked, officer):
    before = {(one.pk, tuple(one.name), one.placements_with_merged.count()) for one in Suggestion.objects.all()}
    actions.ask_for_discovery(consultation=looked[0], by=officer)
    run_discovery_sweep()
    assert {
        (one.pk, tuple(one.name), one.placements_with_merged.count()) for one in Suggestion.objects.all()
    } == before


@pytest.mark.any_database
@pytest.mark.slow
def test_what_was_dismissed_stays_dismissed_when_more_of_it_comes(looked, officer):
    dismissed = actions.dismiss_suggestion(suggestion=named("toilets"), reason="outside", by=officer)
    held = texts_of(dismissed)
    again = write(looked[1], *(f"{one.text} again" for one in Text.objects.filter(pk__in=held)[:12]))
    actions.ask_for_discovery(consultation=looked[0], by=officer)
    run_discovery_sweep()
    dismissed.refresh_from_db()
    assert dismissed.state == SuggestionState.DISMISSED
    assert held <= texts_of(dismissed)
    assert len({one.pk for one in again} & texts_of(dismissed)) >= 8


def test_new_answers_join_without_a_look(looked):
    fresh, strange = write(looked[1], "honestly the toilets have no locks", "zebra quartz eleven")
    assert place_new_texts(looked[0]) == 2
    assert fresh.pk in texts_of(named("toilets"))
    assert Placement.objects.get(text=strange).suggestion is None
    assert place_new_texts(looked[0]) == 0


def test_a_coded_answer_is_missed_no_more(looked, officer):
    one = named("toilets")
    text = one.placements_with_merged.first().text
    confirm_codes(text=text, themes=[Theme.objects.get(slug="lights")], by=officer)
    run_discovery_sweep()
    assert text.pk not in texts_of(one)
    assert not suggestion_overview.missed_texts(looked[0]).filter(pk=text.pk).exists()


def test_placements_are_removed_in_batches_of_keys(looked, officer, monkeypatch):
    """One statement over all would compare each placement with each missed text, and lock them all meanwhile."""
    monkeypatch.setattr(discovery_runs, "BATCH", 10)
    before = list(Placement.objects.order_by("pk").values_list("pk", flat=True))
    coded = {before[0], before[15], before[-1]}
    lights = [Theme.objects.get(slug="lights")]
    for text in Text.objects.filter(pk__in=coded):
        confirm_codes(text=text, themes=lights, by=officer)
    with CaptureQueriesContext(connection) as sent:
        discovery_runs.remove_coded_placements(looked[0])
    assert set(Placement.objects.values_list("pk", flat=True)) == set(before) - coded
    deletes = [query["sql"] for query in sent if query["sql"].startswith("DELETE") and "placement" in query["sql"]]
    assert len(deletes) == 3 and not any("SELECT" in sql for sql in deletes)


def test_an_answer_for_which_the_machine_proposes_a_likely_theme_is_missed_no_more(looked, codebook):
    likely, unlikely = named("toilets").placements_with_merged.all()[:2]
    for place, confidence in ((likely, 0.9), (unlikely, 0.3)):
        Code.objects.create(
            text=place.text,
            theme=Theme.objects.get(slug="lights"),
            version=codebook,
            source="model",
            confidence=confidence,
        )
    run_discovery_sweep()
    assert {likely.pk, unlikely.pk} & texts_of(named("toilets")) == {unlikely.pk}


@pytest.mark.any_database
@pytest.mark.slow
def test_what_somebody_decides_while_the_machine_looks_stays_decided(looked, officer, monkeypatch):
    from insights.coding.discovery import suggestion_groups

    one, find = named("toilets"), suggestion_groups.group_texts

    def decide_meanwhile(*told, **more):
        found = find(*told, **more)
        actions.dismiss_suggestion(suggestion=one, reason="mixed", by=officer)
        return found

    monkeypatch.setattr(suggestion_groups, "group_texts", decide_meanwhile)
    actions.ask_for_discovery(consultation=looked[0], by=officer)
    run_discovery_sweep()
    one.refresh_from_db()
    assert (one.state, one.reason) == (SuggestionState.DISMISSED, "mixed")
    assert one.placements_with_merged.exists()


def test_an_answer_to_which_a_person_gave_no_theme_is_missed(looked, officer):
    text = named("toilets").placements_with_merged.first().text
    confirm_codes(text=text, themes=[], by=officer)
    assert suggestion_overview.missed_texts(looked[0]).filter(pk=text.pk).exists()


@pytest.mark.any_database
@pytest.mark.slow
def test_it_says_which_theme_answers_like_these_have(missed, officer):
    staff = Theme.objects.get(slug="staff")
    for number in (0, 1, 7, 8, 14, 15):
        confirm_codes(text=Text.objects.get(text=words("toilets", number)), themes=[staff], by=officer)
    actions.ask_for_discovery(consultation=missed[0], by=officer)
    run_discovery_sweep()
    toilets = [
        row
        for row in suggestion_overview.list_suggestion_rows(missed[0], [SuggestionState.OPEN])
        if "oilet" in row.name
    ]
    assert any(label == "Staff" and share.startswith("about") for row in toilets for label, share in row.close)
    others = [
        row
        for row in suggestion_overview.list_suggestion_rows(missed[0], [SuggestionState.OPEN])
        if "unch" in row.name
    ]
    assert [row.close for row in others] == [[] for _ in others]


def test_too_few_answers_are_said(parks, codebook, officer):
    write(parks[1], "one", "two", "three")
    actions.ask_for_discovery(consultation=parks[0], by=officer)
    run_discovery_sweep()
    assert DiscoveryRun.objects.get().status == DiscoveryRunStatus.TOO_FEW


@pytest.mark.any_database
@pytest.mark.slow
def test_the_machine_looks_by_itself_when_enough_is_missed_and_all_was_read(missed, codebook):
    assert run_discovery_sweep() == 0
    read_by_machine(codebook)
    assert run_discovery_sweep() == 1
    run = DiscoveryRun.objects.get()
    assert (run.status, run.asked_by) == (DiscoveryRunStatus.DONE, None)
    assert run_discovery_sweep() == 0


def test_what_a_look_left_outside_does_not_call_for_another(parks, codebook, monkeypatch):
    from insights.coding.discovery import suggestion_groups

    write(parks[1], *(f"strange {number}" for number in range(70)))
    read_by_machine(codebook)
    monkeypatch.setattr(
        suggestion_groups,
        "group_texts",
        lambda texts, *_, **__: suggestion_groups.GroupedTexts([], [-1] * len(texts), [0] * len(texts)),
    )
    assert run_discovery_sweep() == 1
    assert DiscoveryRun.objects.get().left == 70
    assert run_discovery_sweep() == 0


@pytest.mark.slow
def test_a_run_that_was_cut_short_is_done_again(looked, officer):
    run = actions.ask_for_discovery(consultation=looked[0], by=officer)
    run.move_to("grouping")
    run_discovery_sweep()
    run.refresh_from_db()
    assert run.status == DiscoveryRunStatus.DONE


def test_a_look_that_always_fails_keeps_no_other_waiting_and_is_given_up(suggestions, missed, officer, monkeypatch):
    failing = actions.ask_for_discovery(consultation=missed[0], by=officer)
    fine = actions.ask_for_split(suggestion=suggestions[0], by=officer)
    real = discovery_runs.find_suggestions
    monkeypatch.setattr(discovery_runs, "find_suggestions", lambda run: 1 / 0 if run.pk == failing.pk else real(run))
    for number in range(1, 4):
        with pytest.raises(ZeroDivisionError):
            run_discovery_sweep()
        failing.refresh_from_db()
        assert (failing.tries, failing.is_unfinished) == (number, number < 3)
    fine.refresh_from_db()
    assert failing.status == DiscoveryRunStatus.FAILED and not fine.is_unfinished and fine.tries == 1
    assert run_discovery_sweep() == 0
    again = actions.ask_for_discovery(consultation=missed[0], by=officer)
    DiscoveryRun.objects.filter(pk=again.pk).update(tries=3)  # each of three workers was killed at it
    run_discovery_sweep()
    again.refresh_from_db()
    assert (again.pk != failing.pk, again.status) == (True, DiscoveryRunStatus.FAILED)


def test_a_consultation_that_cannot_be_freshened_keeps_no_run_waiting(missed, officer, monkeypatch):
    run = actions.ask_for_discovery(consultation=missed[0], by=officer)
    monkeypatch.setattr(discovery_runs, "place_new_texts", lambda consultation: 1 / 0)
    monkeypatch.setattr(
        discovery_runs, "find_suggestions", lambda run: discovery_runs._finish_run(run, DiscoveryRunStatus.DONE)
    )
    with pytest.raises(ZeroDivisionError):
        run_discovery_sweep()
    run.refresh_from_db()
    assert run.status == DiscoveryRunStatus.DONE


@pytest.mark.any_database
@pytest.mark.slow
def test_languages_that_the_engine_does_not_read_are_left_to_people(missed, officer):
    write(missed[1], "مجھے بس چاہیے", language="ur")
    actions.ask_for_discovery(consultation=missed[0], by=officer)
    run_discovery_sweep()
    assert not Placement.objects.filter(text__language="ur").exists()
    assert suggestion_overview.count_people(suggestion_overview.missed_texts_in_unknown_languages(missed[0])) == 1


def test_a_split_makes_two_and_undo_makes_them_one_again(looked, officer):
    buses, food = named("bus"), named("lunch")
    Placement.objects.filter(suggestion=food).update(suggestion=buses)
    held = texts_of(buses)
    actions.ask_for_split(suggestion=buses, by=officer)
    run_discovery_sweep()
    buses.refresh_from_db()
    parts = list(buses.parts.all())
    assert (buses.state, len(parts)) == (SuggestionState.SPLIT, 2)
    assert texts_of(parts[0]) | texts_of(parts[1]) == held
    actions.undo_decision(suggestion=buses, by=officer)
    assert texts_of(buses) == held
    assert not Suggestion.objects.filter(parent=buses).exists()


def test_a_split_changes_nothing_that_somebody_decided_while_it_was_computed(suggestions, officer):
    run = actions.ask_for_split(suggestion=suggestions[0], by=officer)
    stale = Suggestion.objects.get(pk=suggestions[0].pk)
    actions.dismiss_suggestion(suggestion=suggestions[0], reason="mixed", by=officer)
    halves = [SuggestionGroup([name], [], b"", 0.5) for name in ("one", "other")]
    texts = list(Text.objects.filter(placement__suggestion=stale))
    discovery_runs._save_halves(run, stale, texts, GroupedTexts(halves, [at % 2 for at in range(21)], [0.5] * 21))
    stale.refresh_from_db()
    assert (stale.state, stale.reason, stale.own_placements.count()) == (SuggestionState.DISMISSED, "mixed", 21)
    assert not run.is_unfinished


@pytest.mark.any_database
@pytest.mark.slow
def test_parts_and_merged_ones_stay_as_people_left_them(looked, officer):
    first, second = named("bus"), named("lunch")
    actions.merge_suggestions(suggestions=[second], into=first, by=officer)
    actions.ask_for_discovery(consultation=looked[0], by=officer)
    run_discovery_sweep()
    second.refresh_from_db()
    assert (second.state, second.into) == (SuggestionState.MERGED, first)
    assert second.own_placements.exists()


@pytest.mark.parametrize("state", [state for state in SuggestionState.values if state not in ("open", "split")])
def test_decided_suggestions_are_kept(suggestions, officer, state):
    more = {"reason": "mixed"} if state == "dismissed" else {"into": suggestions[1]} if state == "merged" else {}
    from django.utils import timezone

    suggestions[0].save_decision(state, by=officer, on=timezone.localdate(), **more)
    assert suggestions[0] in Suggestion.objects.decided()
    assert suggestions[0] not in Suggestion.objects.loose()

"""A worker's part, with the real engine on a few invented answers."""

import pytest

from insights.coding.actions import confirm
from insights.coding.discovery import actions, reading, working
from insights.coding.discovery.groups import Found, Group
from insights.coding.discovery.models import DiscoveryRun, Placement, RunStatus, State, Suggestion
from insights.coding.discovery.working import place_new, sweep
from insights.coding.models import Code, MachineReading, Theme
from insights.intake.models import Text
from tests import factories
from tests.insights.coding.discovery.conftest import words, write


def named(word):
    return next(one for one in Suggestion.objects.standing() if any(word in part for part in one.name))


def texts_of(one):
    return set(one.placements.values_list("text", flat=True))


def read_by_machine(version):
    """The machine has read every text, and proposes nothing."""
    MachineReading.objects.bulk_create(
        MachineReading(text=text, version=version, engine="a test", polarity=0, sentiment="neutral")
        for text in Text.objects.all()
    )


def test_a_look_finds_what_the_codebook_misses_and_names_it(looked):
    run = DiscoveryRun.objects.get()
    assert (run.status, run.stage) == (RunStatus.DONE, "")
    names = " ".join(part for one in Suggestion.objects.all() for part in one.name)
    assert all(word in names for word in ("bus", "lunch", "toilets"))
    assert Placement.objects.filter(suggestion__isnull=False).count() == 63
    assert 3 <= Suggestion.objects.count() <= 6


def test_a_second_look_keeps_what_stands(looked, officer):
    before = {(one.pk, tuple(one.name), one.placements.count()) for one in Suggestion.objects.all()}
    actions.ask(consultation=looked[0], by=officer)
    sweep()
    assert {(one.pk, tuple(one.name), one.placements.count()) for one in Suggestion.objects.all()} == before


def test_what_was_dismissed_stays_dismissed_when_more_of_it_comes(looked, officer):
    dismissed = actions.dismiss(suggestion=named("toilets"), reason="outside", by=officer)
    held = texts_of(dismissed)
    again = write(looked[1], *(f"{one.text} again" for one in Text.objects.filter(pk__in=held)[:12]))
    actions.ask(consultation=looked[0], by=officer)
    sweep()
    dismissed.refresh_from_db()
    assert dismissed.state == State.DISMISSED
    assert held <= texts_of(dismissed)
    assert len({one.pk for one in again} & texts_of(dismissed)) >= 8


def test_new_answers_join_without_a_look(looked):
    fresh, strange = write(looked[1], "honestly the toilets have no locks", "zebra quartz eleven")
    assert place_new(looked[0]) == 2
    assert fresh.pk in texts_of(named("toilets"))
    assert Placement.objects.get(text=strange).suggestion is None
    assert place_new(looked[0]) == 0


def test_a_coded_answer_is_missed_no_more(looked, officer):
    one = named("toilets")
    text = one.placements.first().text
    confirm(text=text, themes=[Theme.objects.get(slug="lights")], by=officer)
    sweep()
    assert text.pk not in texts_of(one)
    assert not reading.missed(looked[0]).filter(pk=text.pk).exists()


def test_an_answer_for_which_the_machine_proposes_a_likely_theme_is_missed_no_more(looked, codebook):
    likely, unlikely = named("toilets").placements.all()[:2]
    for place, confidence in ((likely, 0.9), (unlikely, 0.3)):
        Code.objects.create(
            text=place.text,
            theme=Theme.objects.get(slug="lights"),
            version=codebook,
            source="model",
            confidence=confidence,
        )
    sweep()
    assert {likely.pk, unlikely.pk} & texts_of(named("toilets")) == {unlikely.pk}


def test_what_somebody_decides_while_the_machine_looks_stays_decided(looked, officer, monkeypatch):
    from insights.coding.discovery import groups

    one, find = named("toilets"), groups.find

    def decide_meanwhile(*told, **more):
        found = find(*told, **more)
        actions.dismiss(suggestion=one, reason="mixed", by=officer)
        return found

    monkeypatch.setattr(groups, "find", decide_meanwhile)
    actions.ask(consultation=looked[0], by=officer)
    sweep()
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.DISMISSED, "mixed")
    assert one.placements.exists()


def test_an_answer_to_which_a_person_gave_no_theme_is_missed(looked, officer):
    text = named("toilets").placements.first().text
    confirm(text=text, themes=[], by=officer)
    assert reading.missed(looked[0]).filter(pk=text.pk).exists()


def test_it_says_which_theme_answers_like_these_have(missed, officer):
    staff = Theme.objects.get(slug="staff")
    for number in (0, 1, 7, 8, 14, 15):
        confirm(text=Text.objects.get(text=words("toilets", number)), themes=[staff], by=officer)
    actions.ask(consultation=missed[0], by=officer)
    sweep()
    toilets = [row for row in reading.rows(missed[0], [State.OPEN]) if "oilet" in row.name]
    assert any(label == "Staff" and share.startswith("about") for row in toilets for label, share in row.close)
    others = [row for row in reading.rows(missed[0], [State.OPEN]) if "unch" in row.name]
    assert [row.close for row in others] == [[] for _ in others]


def test_too_few_answers_are_said(parks, codebook, officer):
    write(parks[1], "one", "two", "three")
    actions.ask(consultation=parks[0], by=officer)
    sweep()
    assert DiscoveryRun.objects.get().status == RunStatus.TOO_FEW


def test_the_machine_looks_by_itself_when_enough_is_missed_and_all_was_read(missed, codebook):
    assert sweep() == 0
    read_by_machine(codebook)
    assert sweep() == 1
    run = DiscoveryRun.objects.get()
    assert (run.status, run.asked_by) == (RunStatus.DONE, None)
    assert sweep() == 0


def test_what_a_look_left_outside_does_not_call_for_another(parks, codebook, monkeypatch):
    from insights.coding.discovery import groups

    write(parks[1], *(f"strange {number}" for number in range(70)))
    read_by_machine(codebook)
    monkeypatch.setattr(groups, "find", lambda texts, *_, **__: groups.Found([], [-1] * len(texts), [0] * len(texts)))
    assert sweep() == 1
    assert DiscoveryRun.objects.get().left == 70
    assert sweep() == 0


def test_a_run_that_was_cut_short_is_done_again(looked, officer):
    run = actions.ask(consultation=looked[0], by=officer)
    run.move_to("grouping")
    sweep()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


def test_a_look_that_always_fails_keeps_no_other_waiting_and_is_given_up(missed, home, officer, monkeypatch):
    other, _ = factories.consultation(home, slug="buses", title="Buses", by=officer)
    failing, fine = (actions.ask(consultation=page, by=officer) for page in (missed[0], other))
    real = working.look
    monkeypatch.setattr(working, "look", lambda run: 1 / 0 if run.pk == failing.pk else real(run))
    for number in range(1, 4):
        with pytest.raises(ZeroDivisionError):
            sweep()
        failing.refresh_from_db()
        assert (failing.tries, failing.is_unfinished) == (number, number < 3)
    assert (failing.status, DiscoveryRun.objects.get(pk=fine.pk).status) == (RunStatus.FAILED, RunStatus.TOO_FEW)
    assert sweep() == 0
    again = actions.ask(consultation=missed[0], by=officer)
    DiscoveryRun.objects.filter(pk=again.pk).update(tries=3)  # each of three workers was killed at it
    sweep()
    again.refresh_from_db()
    assert (again.pk != failing.pk, again.status) == (True, RunStatus.FAILED)


def test_one_consultation_that_cannot_be_freshened_keeps_no_other_waiting(missed, officer, monkeypatch):
    run = actions.ask(consultation=missed[0], by=officer)
    monkeypatch.setattr(working, "place_new", lambda consultation: 1 / 0)
    monkeypatch.setattr(working, "look", lambda run: working._finish(run, RunStatus.DONE))
    with pytest.raises(ZeroDivisionError):
        sweep()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


def test_languages_that_the_engine_does_not_read_are_left_to_people(missed, officer):
    write(missed[1], "مجھے بس چاہیے", language="ur")
    actions.ask(consultation=missed[0], by=officer)
    sweep()
    assert not Placement.objects.filter(text__language="ur").exists()
    assert reading.people(reading.missed_by_engine(missed[0])) == 1


def test_a_split_makes_two_and_undo_makes_them_one_again(looked, officer):
    buses, food = named("bus"), named("lunch")
    Placement.objects.filter(suggestion=food).update(suggestion=buses)
    held = texts_of(buses)
    actions.ask_split(suggestion=buses, by=officer)
    sweep()
    buses.refresh_from_db()
    parts = list(buses.parts.all())
    assert (buses.state, len(parts)) == (State.SPLIT, 2)
    assert texts_of(parts[0]) | texts_of(parts[1]) == held
    actions.undo(suggestion=buses, by=officer)
    assert texts_of(buses) == held
    assert not Suggestion.objects.filter(parent=buses).exists()


def test_a_split_changes_nothing_that_somebody_decided_while_it_was_computed(suggestions, officer):
    run = actions.ask_split(suggestion=suggestions[0], by=officer)
    stale = Suggestion.objects.get(pk=suggestions[0].pk)
    actions.dismiss(suggestion=suggestions[0], reason="mixed", by=officer)
    halves = [Group([name], [], b"", 0.5) for name in ("one", "other")]
    texts = list(Text.objects.filter(placement__suggestion=stale))
    working._keep_halves(run, stale, texts, Found(halves, [at % 2 for at in range(21)], [0.5] * 21))
    stale.refresh_from_db()
    assert (stale.state, stale.reason, stale.own_placements.count()) == (State.DISMISSED, "mixed", 21)
    assert not run.is_unfinished


def test_parts_and_merged_ones_stay_as_people_left_them(looked, officer):
    first, second = named("bus"), named("lunch")
    actions.merge(suggestions=[second], into=first, by=officer)
    actions.ask(consultation=looked[0], by=officer)
    sweep()
    second.refresh_from_db()
    assert (second.state, second.into) == (State.MERGED, first)
    assert second.own_placements.exists()


@pytest.mark.parametrize("state", [state for state in State.values if state not in ("open", "split")])
def test_decided_suggestions_are_settled(suggestions, officer, state):
    more = {"reason": "mixed"} if state == "dismissed" else {"into": suggestions[1]} if state == "merged" else {}
    from django.utils import timezone

    suggestions[0].settle(state, by=officer, on=timezone.localdate(), **more)
    assert suggestions[0] in Suggestion.objects.settled()
    assert suggestions[0] not in Suggestion.objects.loose()

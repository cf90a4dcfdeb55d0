"""Coders' actions and their records."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation.audit.models import AuditEntry
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.desk.actions import (
    CodedMeanwhile,
    accept_proposals,
    confirm_codes,
    remove_set,
    save_set,
    undo_confirmed_codes,
    undo_last_choice,
)
from insights.coding.desk.current_codes import STEPS, UNCODED, compute_choice_mark, current_choice_of
from insights.coding.desk.models import SavedSet, Undoable
from insights.coding.models import Code, CodingStatus
from insights.corpus.models import Text
from tests import factories


def by_people(text):
    return {code.theme.slug: code for code in Code.objects.by_people().filter(text=text).select_related("theme")}


def test_a_stance_and_words_are_kept_with_each_theme(dark, themes, officer):
    lights, staff = themes["lights"], themes["staff"]
    confirm_codes(
        text=dark, themes=[lights, staff], by=officer, memo="both", nothing="other",
        stances={lights.pk: "agrees"}, spans={lights.pk: [[24, 40], [0, 23], [20, 24]]},
    )  # fmt: skip
    codes = by_people(dark)
    assert (codes["lights"].stance, codes["lights"].spans) == ("agrees", [[0, 40]])
    assert (codes["staff"].stance, codes["staff"].spans) == ("", [])
    status = CodingStatus.objects.get(text=dark)
    assert (status.memo, status.nothing, status.coder) == ("both", "other", officer)


def test_saving_a_choice_reads_no_questionnaire(dark, themes, officer):
    with CaptureQueriesContext(connection) as queries:
        confirm_codes(text=dark, themes=[themes["lights"]], by=officer)
    asked = [query["sql"] for query in queries]
    assert sum("consultationpage" in sql for sql in asked) == 1, "only for the name of its codebook"
    assert not any('"content"' in sql or '"body"' in sql for sql in asked)


def test_no_reason_given_stands_without_a_theme(dark, themes, officer):
    with pytest.raises(ValidationError, match="do not go together"):
        confirm_codes(text=dark, themes=[themes["lights"]], by=officer, nothing="no_reason")
    assert not CodingStatus.objects.exists()
    confirm_codes(text=dark, themes=[], by=officer, nothing="no_reason")
    assert CodingStatus.objects.get(text=dark).nothing == "no_reason"


def test_words_outside_the_text_are_refused(dark, themes, officer):
    with pytest.raises(ValidationError, match="Mark them again"):
        confirm_codes(text=dark, themes=[themes["lights"]], by=officer, spans={themes["lights"].pk: [[0, 9999]]})


def test_two_coders_do_not_overwrite_each_other(dark, themes, officer, colleague):
    seen = compute_choice_mark(current_choice_of(dark))
    assert seen == UNCODED
    confirm_codes(text=dark, themes=[themes["staff"]], by=colleague, seen=seen)
    with pytest.raises(CodedMeanwhile):
        confirm_codes(text=dark, themes=[themes["lights"]], by=officer, seen=seen)
    assert list(by_people(dark)) == ["staff"]
    confirm_codes(text=dark, themes=[themes["lights"]], by=officer, seen=compute_choice_mark(current_choice_of(dark)))
    assert list(by_people(dark)) == ["lights"]


def test_a_change_of_stance_alone_is_a_change(dark, themes, officer, colleague):
    lights = themes["lights"]
    confirm_codes(text=dark, themes=[lights], by=officer)
    seen = compute_choice_mark(current_choice_of(dark))
    confirm_codes(text=dark, themes=[lights], by=officer, stances={lights.pk: "mixed"})
    with pytest.raises(CodedMeanwhile):
        confirm_codes(text=dark, themes=[], by=colleague, seen=seen)


def test_undo_brings_back_what_stood_before_step_by_step(dark, texts, themes, officer, parks):
    lights, staff = themes["lights"], themes["staff"]
    proposed = current_codes_by_theme(parks[0])
    confirm_codes(
        text=dark,
        themes=[lights],
        by=officer,
        memo="first",
        stances={lights.pk: "agrees"},
        spans={lights.pk: [[0, 4]]},
    )
    first = current_choice_of(dark)
    confirm_codes(text=dark, themes=[staff], by=officer, nothing="other")
    assert undo_last_choice(by=officer).texts == [dark.pk]
    assert current_choice_of(dark) == first
    assert undo_last_choice(by=officer).texts == [dark.pk]
    assert current_choice_of(dark) is None and current_codes_by_theme(parks[0]) == proposed
    assert undo_last_choice(by=officer) is None


def test_undo_leaves_what_a_colleague_changed_since(dark, themes, officer, colleague):
    confirm_codes(text=dark, themes=[themes["lights"]], by=officer)
    confirm_codes(text=dark, themes=[themes["staff"]], by=colleague)
    undone = undo_last_choice(by=officer)
    assert (undone.texts, undone.changed) == ([], 1)
    assert list(by_people(dark)) == ["staff"]
    undo_last_choice(by=colleague)
    assert list(by_people(dark)) == ["lights"] and CodingStatus.objects.get(text=dark).coder == officer


def test_taking_a_choice_away_can_be_undone(dark, themes, officer):
    confirm_codes(text=dark, themes=[themes["lights"]], by=officer)
    undo_confirmed_codes(text=dark, by=officer)
    assert current_choice_of(dark) is None
    undo_last_choice(by=officer)
    assert list(by_people(dark)) == ["lights"]


def test_taking_a_choice_away_leaves_what_a_colleague_chose_meanwhile(dark, themes, officer, colleague):
    confirm_codes(text=dark, themes=[themes["lights"]], by=officer)
    seen = compute_choice_mark(current_choice_of(dark))
    confirm_codes(text=dark, themes=[themes["staff"]], by=colleague)
    with pytest.raises(CodedMeanwhile):
        undo_confirmed_codes(text=dark, by=officer, seen=seen)
    assert list(by_people(dark)) == ["staff"]


def test_only_the_last_choices_are_remembered(dark, officer):
    for _ in range(STEPS + 3):
        confirm_codes(text=dark, themes=[], by=officer)
    assert Undoable.objects.filter(coder=officer).count() == STEPS


def test_words_that_are_taken_back_take_all_of_it_with_them(dark, themes, officer):
    confirm_codes(text=dark, themes=[themes["lights"]], by=officer, spans={themes["lights"].pk: [[0, 4]]})
    Text.objects.get(pk=dark.pk).delete()
    assert not Undoable.objects.exists() and not CodingStatus.objects.exists()
    assert undo_last_choice(by=officer) is None


def test_a_set_keeps_no_words_that_only_taken_back_answers_had(texts, parks, officer):
    said = {"one": "the", "two": "THE zebra", "three": ""}
    going = texts["It is"]
    going.text = "It is a zebra"
    going.save()
    for name, words in said.items():
        choices = {"q": words, "show": "all"} if words else {"show": "all"}
        save_set(consultation=parks[0], name=name, choices=choices, shared=False, by=officer)
    going.delete()
    assert set(SavedSet.objects.values_list("name", flat=True)) == {"one", "three"}
    assert AuditEntry.objects.filter(verb="coding set removed with words that were taken back").exists()
    assert "zebra" not in "".join(str(entry.data) for entry in AuditEntry.objects.all())


def test_many_are_accepted_and_undone_as_one_step(texts, themes, officer, colleague, parks):
    first, second = texts["It is"], texts["The lights"]
    confirm_codes(text=second, themes=[themes["staff"]], by=colleague)
    lights = [themes["lights"]]
    chosen = [(text, lights) for text in Text.objects.filter(pk__in=[first.pk, second.pk]).select_related("version")]
    assert accept_proposals(consultation=parks[0], choices=chosen, by=officer) == 1
    assert list(by_people(first)) == ["lights"] and list(by_people(second)) == ["staff"]
    undo_last_choice(by=officer)
    assert current_choice_of(first) is None and list(by_people(second)) == ["staff"]


def test_a_set_of_the_same_name_takes_its_place(parks, officer, colleague):
    save_set(consultation=parks[0], name=" Lights ", choices={"theme": "lights"}, shared=False, by=officer)
    saved = save_set(consultation=parks[0], name="Lights", choices={"theme": "staff"}, shared=True, by=officer)
    assert SavedSet.objects.get() == saved and saved.choices == {"theme": "staff"}
    with pytest.raises(PermissionDenied):
        remove_set(saved=saved, by=colleague)
    with pytest.raises(ValidationError):
        save_set(consultation=parks[0], name="  ", choices={}, shared=False, by=officer)
    remove_set(saved=saved, by=officer)
    assert not SavedSet.objects.exists()
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"coding set saved", "coding set removed"}


def test_nobody_else_codes_or_keeps_sets(dark, parks):
    planner = factories.staff("planner@example.org", "insights.view_reports")
    for attempt in (
        lambda: confirm_codes(text=dark, themes=[], by=planner),
        lambda: accept_proposals(consultation=parks[0], choices=[], by=planner),
        lambda: undo_last_choice(by=planner),
        lambda: save_set(consultation=parks[0], name="x", choices={}, shared=False, by=planner),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

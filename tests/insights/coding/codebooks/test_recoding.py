"""Recoding keeps a record: old code, author and new code; every count stays consistent."""

import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from insights.coding.codebooks import codebook_overview, theme_history
from insights.coding.codebooks.actions import begin_draft, import_draft
from insights.coding.codebooks.coding_backlog import texts_asked_again, texts_awaiting_coder
from insights.coding.codebooks.editing.actions import (
    add_theme,
    merge_theme,
    move_theme,
    retire_theme,
    split_theme,
    undo_theme_act,
)
from insights.coding.codebooks.models import Recoding
from insights.coding.codebooks.recoding import join_codes, recode_late_codes, recode_texts
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.desk.actions import confirm_codes, undo_confirmed_codes, undo_last_choice
from insights.coding.models import Code, CodeSource, CodingStatus, Theme
from insights.coding.proposals.actions import propose_codes
from insights.corpus.models import Text
from insights.releases.people import people_by_theme

PARTS = [{"label": "Inside"}, {"label": "Outside"}]


@pytest.fixture
def entry(draft, theme):
    return lambda slug: draft.entries.get(theme=theme(slug))


def chosen(text):
    return set(Code.objects.by_people().filter(text=text).values_list("theme__slug", flat=True))


def asked(text):
    return set(Code.objects.filter(text=text, source=CodeSource.RULE).values_list("theme__slug", flat=True))


def test_a_merge_recodes_for_the_same_person_and_keeps_what_was(text, theme, entry, draft, officer, colleague, both):
    one, two = text(), text()
    confirm_codes(text=one, themes=[theme("lights"), theme("buses")], by=colleague)
    confirm_codes(text=two, themes=[theme("lights"), theme("staff")], by=colleague)
    before = draft.based_on
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One and the same.", by=officer)
    assert chosen(one) == {"lights", "buses"}
    both(draft)
    assert (chosen(one), chosen(two)) == ({"staff", "buses"}, {"staff"})
    assert Code.objects.by_people().get(text=one, theme=theme("staff")).coder == colleague
    (row,) = Recoding.objects.filter(text=one)
    assert (row.theme, row.coder, row.coded_with, row.version) == (theme("lights"), colleague, before, draft)
    (said,) = theme_history.describe_recodings_of(one)
    assert (said["was"], said["became"], said["why"]) == ("Lights", ["Staff"], "One and the same.")


def test_people_of_merged_themes_are_counted_once(text, theme, entry, draft, officer, both, parks):
    someone = uuid.uuid4()
    confirm_codes(text=text(of=someone), themes=[theme("lights")], by=officer)
    confirm_codes(text=text(of=someone), themes=[theme("staff")], by=officer)
    confirm_codes(text=text(), themes=[theme("lights")], by=officer)
    before = people_by_theme(parks[0])
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One.", by=officer)
    both(draft)
    after = people_by_theme(parks[0])
    assert after.keys() == {theme("staff").pk}
    assert after[theme("staff").pk] == before[theme("lights").pk] | before[theme("staff").pk]
    assert len(after[theme("staff").pk]) == 2


def test_a_split_asks_people_and_counts_for_neither_until_they_say(text, theme, entry, draft, officer, both, parks):
    one = text()
    confirm_codes(text=one, themes=[theme("lights"), theme("buses")], by=officer, memo="unsure")
    split_theme(entry=entry("lights"), parts=PARTS, why="Two things.", by=officer)
    both(draft)
    assert (chosen(one), asked(one)) == ({"buses"}, {"inside", "outside"})
    assert set(current_codes_by_theme(parks[0])) == {theme("buses").pk}
    assert list(texts_asked_again(Text.objects.all())) == list(texts_awaiting_coder(Text.objects.all())) == [one]
    confirm_codes(text=one, themes=[theme("buses"), theme("inside")], by=officer)
    assert asked(one) == set()
    assert not texts_awaiting_coder(Text.objects.all()).exists()
    assert set(current_codes_by_theme(parks[0])) == {theme("buses").pk, theme("inside").pk}


def test_a_choice_that_is_undone_leaves_no_question_to_be_counted(text, theme, entry, draft, officer, both, parks):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    split_theme(entry=entry("lights"), parts=PARTS, why="Two things.", by=officer)
    both(draft)
    undo_confirmed_codes(text=one, by=officer)
    assert current_codes_by_theme(parks[0]) == {}
    assert list(texts_awaiting_coder(Text.objects.all())) == [one]


def test_a_sweep_of_the_machine_leaves_the_question_to_people(text, theme, entry, draft, officer, both, parks):
    parks[0].__class__.objects.filter(pk=parks[0].pk).update(codebook="seed")
    one = text("the lamps are broken")
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    split_theme(entry=entry("lights"), parts=PARTS, why="Two things.", by=officer)
    both(draft)
    propose_codes()
    assert asked(one) == {"inside", "outside"}


def test_an_answer_to_a_split_that_is_taken_back_is_asked_for_again(text, theme, entry, draft, officer, both):
    one, old = text(), draft.based_on
    confirm_codes(text=one, themes=[theme("lights"), theme("buses")], by=officer)
    split_theme(entry=entry("lights"), parts=PARTS, why="Two things.", by=officer)
    both(draft)
    confirm_codes(text=one, themes=[theme("buses")], by=officer)
    assert recode_late_codes() == 0
    CodingStatus.objects.filter(text=one).update(version=old)
    assert recode_late_codes() == 1
    assert asked(one) == {"inside", "outside"}
    assert recode_late_codes() == 0


def test_two_codes_that_become_one_say_what_both_said():
    stays, goes = (
        SimpleNamespace(stance="agrees", spans=[[5, 9]]),
        SimpleNamespace(stance="disagrees", spans=[[0, 3], [8, 12]]),
    )
    assert join_codes(stays, goes)
    assert (stays.stance, stays.spans) == ("mixed", [[0, 3], [5, 12]])
    assert not join_codes(stays, SimpleNamespace(stance="", spans=[[5, 9]]))


def test_a_retired_theme_leaves_other_choices_and_frees_texts_without(text, theme, entry, draft, officer, both):
    one, two, none = text(), text(), text()
    confirm_codes(text=one, themes=[theme("lights"), theme("buses")], by=officer)
    confirm_codes(text=two, themes=[theme("lights")], by=officer, memo="only this")
    confirm_codes(text=none, themes=[], by=officer)
    retire_theme(entry=entry("lights"), why="Nobody used it alike.", by=officer)
    both(draft)
    assert chosen(one) == {"buses"}
    assert not CodingStatus.objects.filter(text=two).exists()
    assert CodingStatus.objects.filter(text=none).exists()
    assert Recoding.objects.get(text=two).more["memo"] == "only this"


def test_who_said_that_no_theme_names_it_is_still_heard_when_a_theme_is_retired(
    text, theme, entry, draft, officer, both
):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer, nothing="other", memo="A wish of its own.")
    retire_theme(entry=entry("lights"), why="Nobody used it alike.", by=officer)
    both(draft)
    assert chosen(one) == set()
    status = CodingStatus.objects.get(text=one)
    assert (status.nothing, status.memo) == ("other", "A wish of its own.")


def test_an_answer_to_an_older_split_that_is_undone_is_asked_for_again(text, theme, entry, draft, officer, both, book):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    split_theme(entry=entry("lights"), parts=PARTS, why="Two things.", by=officer)
    both(draft)
    confirm_codes(text=one, themes=[theme("inside")], by=officer)
    both(begin_draft(codebook=book, by=officer))
    undo_last_choice(by=officer)
    assert recode_late_codes() == 1
    assert asked(one) == {"inside", "outside"}


def test_a_move_recodes_nothing(text, theme, entry, draft, officer, both):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    move_theme(entry=entry("lights"), family="Streets", why="It is outside.", by=officer)
    both(draft)
    assert chosen(one) == {"lights"}
    assert not Recoding.objects.exists()
    assert draft.entries.get(theme=theme("lights")).family == "Streets"


def test_what_a_machine_proposed_goes_along_with_a_merge_and_ends_with_a_split(
    text, theme, entry, draft, officer, both
):
    one, version = text(), draft.based_on
    for slug in ("lights", "buses"):
        Code.objects.create(
            text=one, theme=theme(slug), version=version, source=CodeSource.MODEL, confidence=0.9, because=["x"]
        )
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One.", by=officer)
    split_theme(entry=entry("buses"), parts=PARTS, why="Two.", by=officer)
    both(draft)
    assert set(Code.objects.values_list("theme__slug", "source")) == {("staff", CodeSource.MODEL)}
    assert not Recoding.objects.exists()


def test_a_theme_that_a_file_leaves_out_is_retired_on_record(text, theme, book, officer, both):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    version = both(import_draft(codebook=book, themes=[{"slug": "staff", "label": "Staff"}], by=officer))
    assert version.acts.filter(kind="retire").count() == 4
    assert chosen(one) == set()
    assert Recoding.objects.get().theme == theme("lights")


def test_a_code_saved_during_the_approval_is_recoded_by_the_sweep(text, theme, entry, draft, officer, both):
    one, old = text(), draft.based_on
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One.", by=officer)
    both(draft)
    Code.objects.create(text=one, theme=theme("lights"), version=old, source=CodeSource.PERSON, coder=officer)
    CodingStatus.objects.create(text=one, coder=officer, version=old)
    assert recode_late_codes() == 1
    assert chosen(one) == {"staff"}
    assert recode_texts(draft) == 0


def test_a_draft_recodes_nothing_and_its_acts_can_be_undone(text, theme, entry, draft, officer):
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    staff = entry("staff")
    staff.examples = ["kept"]
    staff.save()
    before = sorted(draft.entries.values_list("theme__slug", "label", "place"))
    lights = entry("lights")
    lights.examples = ["it is dark"]
    lights.save()
    merge = merge_theme(entry=lights, into=staff, why="One.", by=officer)
    assert entry("staff").examples == ["kept", "it is dark"]
    split = split_theme(entry=entry("staff"), parts=PARTS, why="Two.", by=officer)
    with pytest.raises(ValidationError, match="Undo that one first"):
        undo_theme_act(act=merge, by=officer)
    undo_theme_act(act=split, by=officer)
    undo_theme_act(act=merge, by=officer)
    assert sorted(draft.entries.values_list("theme__slug", "label", "place")) == before
    assert (entry("staff").examples, entry("lights").examples) == (["kept"], ["it is dark"])
    assert not Theme.objects.filter(slug="inside").exists()
    assert chosen(one) == {"lights"}
    assert not Recoding.objects.exists()


def test_a_serious_theme_stays_serious_when_it_is_merged(entry, draft, officer):
    lights = entry("lights")
    lights.gravity = 3
    lights.save()
    act = merge_theme(entry=lights, into=entry("staff"), why="One.", by=officer)
    assert entry("staff").gravity == 3
    undo_theme_act(act=act, by=officer)
    assert (entry("staff").gravity, entry("lights").gravity) == (1, 3)


def test_a_theme_that_the_draft_only_just_added_goes_without_an_act(draft, officer):
    entry = add_theme(version=draft, row={"label": "Benches"}, by=officer)
    assert retire_theme(entry=entry, why="A slip.", by=officer) is None
    assert not draft.acts.exists()
    assert not Theme.objects.filter(slug="benches").exists()


def test_the_preview_tells_what_will_be(text, theme, entry, draft, officer, both):
    for _ in range(12):
        confirm_codes(text=text("the lamps are out"), themes=[theme("lights")], by=officer)
    confirm_codes(text=text("a story that tells who", quotable=False), themes=[theme("buses")], by=officer)
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One.", by=officer)
    retire_theme(entry=entry("buses"), why="Gone.", by=officer)
    effects = {effect["entry"].label: effect for effect in codebook_overview.preview_effects(draft, officer)}
    assert (effects["Lights"]["outcome"], effects["Lights"]["many"]) == ("merge", "some answers")
    assert effects["Lights"]["into"][0].label == "Staff"
    assert len(effects["Lights"]["examples"]) == codebook_overview.EXAMPLES
    assert (effects["Buses"]["many"], effects["Buses"]["examples"]) == ("few or no answers", [])
    assert codebook_overview.preview_theme_act(entry("staff"), officer)[0] == "some answers"


def test_a_link_to_a_theme_leads_to_where_it_went(theme, entry, draft, officer, both, book):
    merge_theme(entry=entry("lights"), into=entry("staff"), why="One.", by=officer)
    retire_theme(entry=entry("buses"), why="Gone.", by=officer)
    both(draft)
    then = begin_draft(codebook=book, by=officer)
    merge_theme(
        entry=then.entries.get(theme=theme("staff")),
        into=then.entries.get(theme=theme("shops")),
        why="One.",
        by=officer,
    )
    both(then)
    fate, heirs = theme_history.find_succession(theme("lights"), book.current)
    assert (fate.outcome, [heir.label for heir in heirs]) == ("merge", ["Shops"])
    assert theme_history.find_succession(theme("buses"), book.current)[0].outcome == "retire"
    assert theme_history.find_succession(theme("noise"), book.current) is None


def test_the_record_is_added_to_and_never_changed(text, theme, entry, draft, officer, both):
    confirm_codes(text=text(), themes=[theme("lights")], by=officer)
    retire_theme(entry=entry("lights"), why="Gone.", by=officer)
    both(draft)
    row = Recoding.objects.get()
    with pytest.raises(TypeError, match="never changed"):
        row.save()
    with pytest.raises(TypeError, match="never changed"):
        Recoding.objects.update(kind="merge")

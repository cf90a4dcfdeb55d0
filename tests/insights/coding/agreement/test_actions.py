import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.audit.models import AuditEntry
from insights.coding.agreement import actions
from insights.coding.agreement.agreement_figures import compute_agreement_figures
from insights.coding.blind_samples.models import CodersChoice, CodingTurn, DoubleCoding, SampledText
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.desk.actions import confirm_codes
from insights.coding.models import Code, CodingStatus
from insights.corpus.models import Text
from insights.releases.actions import RELEASES, create_release
from tests import factories
from tests.insights.coding.agreement.conftest import TODAY


def standing(page, text):
    return {theme for theme, found in current_codes_by_theme(page).items() if text.pk in found}


def test_a_sample_keeps_the_first_choices_as_they_were(study, officer, themes):
    row = study.sample.first()
    before = row.first.themes
    confirm_codes(text=row.text, themes=[], by=officer)
    assert SampledText.objects.get(pk=row.pk).first.themes == before
    assert study.sample.count() == 60


def test_drawing_without_permission(answered, second):
    with pytest.raises(PermissionDenied):
        actions.draw_sample(consultation=answered, size=40, by=second)


def test_one_sample_of_a_consultation_at_a_time(study, officer, answered):
    with pytest.raises(ValidationError, match="already"):
        actions.draw_sample(consultation=answered, size=40, by=officer)


def test_a_size_that_is_not_there_is_refused(answered, officer):
    with pytest.raises(ValidationError, match="Too few"):
        actions.draw_sample(consultation=answered, size=120, by=officer)


def test_nobody_codes_again_what_they_coded_first(study, officer, themes):
    assert not SampledText.objects.for_second(officer).exists()
    with pytest.raises(ValidationError, match="coded it first"):
        actions.save_second_choice(sampled=study.sample.first(), themes=[], by=officer)


def test_no_page_may_show_a_code_of_the_sample_to_who_codes_it_blind(study, officer, second):
    assert SampledText.objects.blind_for(second).count() == 60
    assert not SampledText.objects.blind_for(officer).exists()
    actions.end_double_coding(study=study, by=officer)
    assert not SampledText.objects.blind_for(second).exists()


def test_a_named_person_alone_codes(answered, officer, second):
    study = actions.draw_sample(consultation=answered, size=40, by=officer, second=second)
    other = factories.staff("third@example.org", "insights.code_themes")
    assert SampledText.objects.for_second(second).count() == 40
    with pytest.raises(ValidationError, match="not for you"):
        actions.save_second_choice(sampled=study.sample.first(), themes=[], by=other)


def test_who_is_named_gets_nothing_that_they_coded_first(answered, officer, colleague, themes):
    for text in Text.objects.filter(text__startswith="staff"):
        confirm_codes(text=text, themes=[themes["staff"]], by=colleague)
    study = actions.draw_sample(consultation=answered, size=40, by=officer, second=colleague)
    assert not study.sample.filter(text__text__startswith="staff").exists()


def test_a_second_choice_changes_nothing_that_stands(study, second, themes, answered):
    row = SampledText.objects.for_second(second).first()
    before = standing(answered, row.text)
    actions.save_second_choice(sampled=row, themes=[themes["rare"]], by=second)
    actions.save_second_choice(
        sampled=row, themes=[themes["staff"]], by=second, stances={str(themes["staff"].pk): "agrees"}
    )
    assert standing(answered, row.text) == before
    choice = CodersChoice.objects.get(sampled=row, turn=CodingTurn.SECOND)
    assert (choice.themes, choice.stances) == ([themes["staff"].pk], {str(themes["staff"].pk): "agrees"})


def test_a_colleagues_second_choice_is_kept(study, second, themes):
    row = SampledText.objects.for_second(second).first()
    actions.save_second_choice(sampled=row, themes=[themes["rare"]], by=second)
    other = factories.staff("third@example.org", "insights.code_themes")
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.save_second_choice(sampled=row, themes=[], by=other)


@pytest.mark.slow
def test_the_last_choice_ends_it_and_shows_what_differs(coded_twice, second):
    assert not coded_twice.is_open
    assert coded_twice.sample.disputed().count() == 2
    with pytest.raises(ValidationError, match="ended"):
        actions.save_second_choice(sampled=coded_twice.sample.first(), themes=[], by=second)


def test_ending_early_keeps_what_was_coded_twice(study, second, officer, themes):
    for row in SampledText.objects.for_second(second)[:10]:
        actions.save_second_choice(sampled=row, themes=[themes["rare"]], by=second)
    ended = actions.end_double_coding(study=study, by=officer)
    assert (ended.sample.count(), ended.is_open) == (10, False)
    with pytest.raises(ValidationError, match="already"):
        actions.end_double_coding(study=study, by=officer)


@pytest.mark.slow
def test_figures_are_worked_out_once(coded_twice, themes):
    assert actions.measure_ended_studies() == 1
    assert actions.measure_ended_studies() == 0
    figures = DoubleCoding.objects.get().figures
    assert 0.8 < figures["overall"]["value"] < 1
    assert figures["overall"]["low"] < figures["overall"]["value"] < figures["overall"]["high"]
    assert str(themes["lights"].pk) in figures["themes"]
    assert str(themes["rare"].pk) not in figures["themes"]
    assert figures["machine"]["overall"] is not None


def test_what_nobody_coded_twice_says_nothing(study, officer):
    actions.end_double_coding(study=study, by=officer)
    assert actions.measure_ended_studies() == 1
    figures = DoubleCoding.objects.get().figures
    assert (figures["overall"], figures["machine"]["overall"]) == (None, None)


def test_the_machine_learns_nothing_from_the_sample(coded_twice, codebook):
    from insights.coding.agreement.agreement_figures import list_examples_without

    sampled = set(coded_twice.sample.values_list("text_id", flat=True))
    assert len(list_examples_without(set(), codebook)) == 80
    words = {words for words, *_ in list_examples_without(sampled, codebook)}
    assert len(words) == 20
    assert not words & set(Text.objects.filter(pk__in=sampled).values_list("text", flat=True))


def test_what_is_asked_again_after_a_split_is_neither_drawn_nor_learned_from(answered, codebook, themes):
    from insights.coding.agreement.agreement_figures import list_examples_without

    asked = Text.objects.filter(text__startswith="lights").first()
    Code.objects.filter(text=asked).update(source="rule", coder=None, confidence=0.0)
    assert asked.pk not in actions.coded_themes_by_text(answered, codebook)
    assert asked.text not in {words for words, *_ in list_examples_without(set(), codebook)}


@pytest.mark.slow
def test_when_the_last_that_waited_are_taken_back_the_sample_ends(study, second, themes):
    rows = list(SampledText.objects.for_second(second).select_related("text"))
    for row in rows[:-1]:
        actions.save_second_choice(sampled=row, themes=[themes["lights"]], by=second)
    assert actions.measure_ended_studies() == 0
    rows[-1].text.delete()
    assert actions.measure_ended_studies() == 1
    assert not DoubleCoding.objects.get().is_open


def test_a_theme_that_is_taken_for_another_is_named():
    from insights.coding.agreement.agreement_figures import find_confused_themes

    choices = [(frozenset({1, 3}), frozenset({2, 3}))] * 2 + [(frozenset({2}), frozenset({1}))]
    assert find_confused_themes([*choices, (frozenset({4}), frozenset())]) == [[1, 2]]
    assert find_confused_themes(choices[:2]) == []


@pytest.mark.parametrize(("kept", "stands"), [("first", "lights"), ("second", "staff"), ("new", "rare")])
def test_settling_makes_the_standing_choice(coded_twice, officer, answered, themes, kept, stands):
    row = coded_twice.sample.disputed().first()
    actions.settle_disagreement(
        sampled=row, kept=kept, reason="It is about lamps.", by=officer, themes=[themes["rare"]]
    )
    assert standing(answered, row.text) == {themes[stands].pk}
    assert {code.coder for code in Code.objects.by_people().filter(text=row.text)} == {officer}
    assert coded_twice.sample.disputed().count() == 1


def test_settling_for_both_keeps_the_themes_of_both(coded_twice, officer, answered, themes):
    row = coded_twice.sample.disputed().first()
    actions.settle_disagreement(sampled=row, kept="both", reason="Both are meant.", by=officer)
    assert standing(answered, row.text) == {themes["lights"].pk, themes["staff"].pk}
    again = SampledText.objects.get(pk=row.pk)
    assert (again.first.themes, again.second.themes) == ([themes["lights"].pk], [themes["staff"].pk])


def test_settling_needs_a_reason_and_happens_once(coded_twice, officer):
    row = coded_twice.sample.disputed().first()
    with pytest.raises(ValidationError, match="Write why"):
        actions.settle_disagreement(sampled=row, kept="both", reason=" ", by=officer)
    actions.settle_disagreement(sampled=row, kept="both", reason="Both.", by=officer)
    with pytest.raises(ValidationError, match="nothing to settle"):
        actions.settle_disagreement(sampled=row, kept="first", reason="No.", by=officer)


def test_settling_keeps_the_note_on_the_answer(coded_twice, officer, answered):
    row = coded_twice.sample.disputed().first()
    row.text.status.memo = "See the plan."
    row.text.status.save()
    actions.settle_disagreement(sampled=row, kept="both", reason="Both.", by=officer)
    assert Text.objects.get(pk=row.text_id).status.memo == "See the plan."


def test_settling_keeps_the_words_that_were_marked_for_a_theme_that_stands(coded_twice, officer, themes):
    row = coded_twice.sample.disputed().first()
    Code.objects.filter(text=row.text, theme=themes["lights"]).update(spans=[[0, 6]])
    actions.settle_disagreement(sampled=row, kept="both", reason="Both.", by=officer)
    marked = dict(Code.objects.filter(text=row.text).values_list("theme__slug", "spans"))
    assert marked == {"lights": [[0, 6]], "staff": []}


def test_settling_for_no_theme_keeps_why_there_is_none(coded_twice, officer):
    row = coded_twice.sample.disputed().first()
    row.choices.filter(turn=CodingTurn.FIRST).update(themes=[])
    CodingStatus.objects.filter(text=row.text).update(nothing="no_reason")
    actions.settle_disagreement(sampled=row, kept="first", reason="It gives no reason.", by=officer)
    assert CodingStatus.objects.get(text=row.text).nothing == "no_reason"


def test_words_that_are_withdrawn_leave_the_sample_with_all_that_was_chosen(coded_twice, officer):
    row = coded_twice.sample.disputed().first()
    actions.settle_disagreement(sampled=row, kept="both", reason="Both.", by=officer)
    row.text.delete()
    assert coded_twice.sample.count() == 59
    assert not CodersChoice.objects.filter(sampled=row.pk).exists()


def test_each_step_leaves_a_trace(coded_twice, officer):
    actions.settle_disagreement(sampled=coded_twice.sample.disputed().first(), kept="both", reason="Both.", by=officer)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"sample drawn to code twice", "themes chosen blind", "disagreement settled"} <= verbs


def test_a_release_gets_the_agreement_of_the_themes_that_it_shows(coded_twice, answered, themes):
    assert actions.build_release_agreement(answered, {themes["lights"].pk}) == {}
    actions.measure_ended_studies()
    told = actions.build_release_agreement(answered, {themes["lights"].pk})
    assert set(told["themes"]) == {str(themes["lights"].pk)}


@pytest.mark.slow
def test_a_release_freezes_the_agreement_of_its_day(coded_twice, answered, officer):
    before = create_release(consultation=answered, by=officer, today=TODAY)
    assert before.agreement == {}
    RELEASES.discard(before, by=officer)
    actions.measure_ended_studies()
    release = create_release(consultation=answered, by=officer, today=TODAY)
    told = release.agreement["overall"]
    DoubleCoding.objects.update(figures={})
    release.refresh_from_db()
    assert release.agreement["overall"] == told
    assert set(release.agreement["themes"]) <= {str(pk) for pk in release.shown_themes()}


def give_stances(of):
    """A stance in each choice of a theme: `of(turn, number)` for the number-th text of that coder, "" for none."""
    for turn in (CodingTurn.FIRST, CodingTurn.SECOND):
        rows = CodersChoice.objects.filter(turn=turn).order_by("sampled_id")
        for number, choice in enumerate(rows):
            stance = of(turn, number)
            choice.stances = {str(theme): stance for theme in choice.themes if stance}
            choice.save(update_fields=["stances"])


def test_a_stance_that_one_person_left_out_is_no_other_stance(coded_twice):
    """It was counted as one, and agreement came out at -0.82."""
    give_stances(lambda turn, number: "agrees" if (turn == CodingTurn.FIRST) == bool(number % 2) else "")
    assert compute_agreement_figures(coded_twice)["stance"] is None


def test_agreement_on_stance_is_of_those_that_both_gave(coded_twice):
    give_stances(lambda turn, number: "agrees" if number % 3 else "disagrees")
    assert compute_agreement_figures(coded_twice)["stance"]["value"] == 1

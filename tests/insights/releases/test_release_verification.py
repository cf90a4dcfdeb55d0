"""A release is proved true at its freeze; the summary is stored, never a count."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from insights.disclosure import DEFAULT, CountTable, DisclosureRules
from insights.disclosure.disclosure_rules import NOISE_VARIANCE
from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables, measure_noise
from insights.releases import cross_tabulation, release_freezing
from insights.releases.actions import RELEASES, create_release
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.models import Figure
from insights.releases.release_verification import RECORDED, CheckedFigure, list_faults, summarise_errors
from insights.releases.theme_estimates import gather_readings
from tests.insights.releases.test_release import TODAY


@pytest.fixture
def release(answered, officer, monkeypatch):
    monkeypatch.undo()  # with noise
    return create_release(consultation=answered, by=officer, today=TODAY)


def verify(release, *more):
    said = StringIO()
    call_command("verify_release", str(release.pk), *more, stdout=said)
    return said.getvalue()


def test_the_command_prints_how_true_a_release_is(release):
    found = json.loads(verify(release, "--json"))
    assert set(found) == set(RECORDED)
    assert found["figures"] > found["shown"] > 10
    assert found["large"] > found["distinct"] > 10
    assert f"max_error: {found['max_error']}" in verify(release)


@pytest.fixture
def draw(answered, officer, monkeypatch):
    """draw(biases, distinct): the draw that a release is made of, where each draw had its bias, and its numbers."""
    monkeypatch.undo()  # with noise

    def do(*biases, distinct):
        def pretend(draft):
            return summarise_errors(draft) | {"bias": biases[draft.draw], "distinct": distinct, "mean_error": 1}

        monkeypatch.setattr(release_freezing, "summarise_errors", pretend)
        monkeypatch.setattr(release_freezing, "MOST_DRAWS", len(biases))
        made = create_release(consultation=answered, by=officer, today=TODAY)
        numbers = [figure.table for figure in made.figures.all()]
        found = made.verification
        RELEASES.discard(made, by=officer)
        assert found["bias"] == biases[found["draw"]]
        return found["draw"], numbers

    return do


def test_noise_that_moves_the_numbers_too_far_together_is_drawn_again(draw):
    """The same people give the same numbers again, since the draws are tried in one order."""
    first, numbers = draw(0.2, distinct=50)
    again, moved = draw(-0.3, 0.21, -0.2, 0, distinct=50)
    assert (first, again) == (0, 2)
    assert moved != numbers
    assert draw(0.2, distinct=50) == (first, numbers)


def test_the_answers_are_read_once_however_often_noise_is_drawn(draw, monkeypatch):
    asked = []
    monkeypatch.setattr(release_freezing, "gather_readings", lambda page: asked.append(page) or gather_readings(page))
    assert draw(-0.3, 0.21, -0.2, 0, distinct=50)[0] == 2
    assert len(asked) == 1


def test_the_noise_of_few_numbers_is_never_drawn_again(draw):
    assert draw(0.9, 0, distinct=49)[0] == 0


def test_where_no_draw_is_as_agreed_the_nearest_is_taken(draw):
    assert draw(0.9, -0.3, 0.4, distinct=50)[0] == 1


def test_without_noise_nothing_would_be_off(answered, officer):
    found = create_release(consultation=answered, by=officer, today=TODAY).verification
    assert (found["max_error"], found["bias"], found["mean_error"]) == (0, 0, 0)


def test_the_same_people_in_many_tables_count_once_in_the_bias(answered, officer, monkeypatch):
    asked = []
    monkeypatch.setattr(cross_tabulation, "make_group_key", lambda *name: 0)
    monkeypatch.setattr(DisclosureRules, "variance", 100)
    monkeypatch.setattr(
        ReleaseNoise, "cell_key", lambda noise, people: asked.append(people.size) or people.size % KEYS
    )
    found = create_release(consultation=answered, by=officer, today=TODAY).verification
    large = {size for size in asked if size >= 10}
    assert found["bias_error"] >= round((100 / len(large)) ** 0.5, 2) > round((100 / found["shown"]) ** 0.5, 2)


AS_AGREED = {
    "figures": 900, "shown": 400, "large": 300, "shown_share": 0.98, "hidden_by_noise": 2, "max_error": 7,
    "mean_error": 2.0, "distinct": 200, "bias": 0.2, "bias_error": 0.17, "draw": 0,
}  # fmt: skip
FEW = {"distinct": 40, "bias_error": 0.39}
BEFORE = {"draw": None}  # made before noise was drawn again


@pytest.mark.parametrize(
    ("found", "refused"),
    [
        ({}, ""),
        ({"bias": 0.21}, "at most 0.20"),
        ({"bias": -0.21}, "at most 0.20"),
        (FEW | {"bias": 1.17}, ""),
        (FEW | {"bias": -1.18}, "at most 1.17"),
        (BEFORE | {"bias": 0.5}, ""),
        (BEFORE | {"bias": 0.52}, "at most 0.51"),
        ({"mean_error": 2.2}, ""),
        ({"mean_error": 2.21}, "1.00 to 2.20"),
        ({"mean_error": 0.99}, "1.00 to 2.20"),
        (FEW | {"mean_error": 2.68}, ""),
        (FEW | {"mean_error": 2.69}, "1.00 to 2.68"),
        (FEW | {"mean_error": 0.9}, "1.00 to 2.68"),
        (FEW | {"distinct": 9, "mean_error": 0.5}, ""),
        (FEW | {"distinct": 9, "mean_error": 0.4}, "0.49 to 3.47"),
        ({"max_error": 8}, "at most 7"),
        ({"hidden_by_noise": 15, "shown_share": 0.93}, ""),
        ({"hidden_by_noise": 16}, "16 are hidden though no rule asks for it"),
        ({"large": 10, "hidden_by_noise": 3, "shown_share": 0.7}, ""),
        ({"large": 10, "hidden_by_noise": 4}, "4 are hidden"),
    ],
)
def test_what_is_out_of_the_agreed_limits_is_refused(release, found, refused):
    """A small release may be as far off as chance explains, and no further."""
    told = {name: value for name, value in (AS_AGREED | found).items() if value is not None}
    release.verification = told | {"fingerprint": release.verification["fingerprint"]}
    release.save()
    if refused:
        with pytest.raises(CommandError, match=refused):
            verify(release)
    else:
        assert f"bias: {told['bias']}" in verify(release)


def test_of_exact_numbers_no_noise_is_asked():
    exact = AS_AGREED | {"mean_error": 0.0, "max_error": 0, "bias": 0.0, "hidden_by_noise": 99}
    assert list_faults(exact, perturbed=False) == []
    assert len(list_faults(exact, perturbed=True)) == 2


def test_how_far_noise_moves_a_number_is_that_of_the_tables():
    """By trial, over all pairs of keys of a number that is not small."""
    rng = np.random.default_rng(2)
    lasting, fresh = load_tables()
    off = np.abs(lasting.noise[-1][rng.integers(0, KEYS, 200_000)] + fresh.noise[-1][rng.integers(0, KEYS, 200_000)])
    mean, deviation = measure_noise()
    assert mean == pytest.approx(off.mean(), abs=0.02) and deviation == pytest.approx(off.std(), abs=0.02)
    assert mean**2 + deviation**2 == pytest.approx(NOISE_VARIANCE)


@pytest.mark.parametrize(
    ("people", "group", "least", "near"),
    [
        (11, 13, 5, True),
        (20, 29, 5, True),
        (20, 30, 5, False),
        (10, 14, 5, True),
        (30, 44, 10, True),
        (30, 45, 10, False),
    ],
)
def test_a_figure_is_near_a_rule_where_few_others_or_a_small_group_are(people, group, least, near):
    behind = {(TOTAL, "g"): np.arange(group), ("yes", "g"): np.arange(people)}
    table = CountTable(("yes", "no"), ((people,), (group - people,)), ("g",))
    asked = CountedTable("question-by", "k", "", (), table, behind, (("g", "G"),))
    assert CheckedFigure(people, None, least, asked, ("yes", "g")).is_near_rule(DEFAULT) == near


def test_a_number_that_was_changed_afterwards_is_found(release):
    figure = Figure.objects.get(release=release, kind="question", key="q-a")
    figure.table["rows"][0]["value"] += 1
    figure.save()
    with pytest.raises(CommandError, match="not the one that was frozen"):
        verify(release)


def test_a_release_from_before_says_so(release):
    release.verification = {}
    release.save()
    with pytest.raises(CommandError, match="before releases were verified"):
        verify(release)


@pytest.mark.parametrize("missing", RECORDED)
def test_what_an_older_release_did_not_record_is_said(release, capsys, missing):
    del release.verification[missing]
    release.save()
    assert f"{missing}: not recorded" in verify(release)
    assert f"Not recorded when this release was made: {missing}." in capsys.readouterr().err
    assert json.loads(verify(release, "--json"))[missing] is None

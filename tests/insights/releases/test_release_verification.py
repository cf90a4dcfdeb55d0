"""A release is proved true at its freeze; the summary is stored, never a count."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from insights.disclosure import DEFAULT, CountTable, DisclosureRules
from insights.disclosure.disclosure_rules import NOISE_VARIANCE
from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables, measure_noise
from insights.releases import cross_tabulation, release_freezing
from insights.releases.actions import RELEASES, create_release
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.models import Figure, Release
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
    """draw(fates, distinct): the draw that a release is made of, where each draw had its fate, and its numbers."""
    monkeypatch.undo()  # with noise

    def do(*fates, distinct):
        def pretend(draft):
            told = summarise_errors(draft) | {"distinct": distinct, "mean_error": 1.5, "bias_error": 0.4}
            return told | {"shown_share": 1.0, **fates[draft.draw]}

        monkeypatch.setattr(release_freezing, "summarise_errors", pretend)
        monkeypatch.setattr(release_freezing, "MOST_DRAWS", len(fates))
        made = create_release(consultation=answered, by=officer, today=TODAY)
        numbers = [figure.table for figure in made.figures.all()]
        found = made.verification
        RELEASES.discard(made, by=officer)
        assert found.items() >= fates[found["draw"]].items()
        return found["draw"], numbers

    return do


def biased(*biases):
    return [{"bias": bias} for bias in biases]


def test_noise_that_moves_the_numbers_too_far_together_is_drawn_again(draw):
    """The same people give the same numbers again, since the draws are tried in one order."""
    first, numbers = draw(*biased(0.2), distinct=50)
    again, moved = draw(*biased(-0.3, 0.21, -0.2, 0), distinct=50)
    assert (first, again) == (0, 2)
    assert moved != numbers
    assert draw(*biased(0.2), distinct=50) == (first, numbers)


def test_so_is_noise_that_hides_larger_numbers_or_is_too_weak_or_strong(draw):
    fates = {"shown_share": 0.94}, {"mean_error": 2.21}, {"mean_error": 0.99}, {"shown_share": 0.95}
    assert draw(*(biased(0)[0] | fate for fate in fates), distinct=50)[0] == 3


def test_the_answers_are_read_once_however_often_noise_is_drawn(draw, monkeypatch):
    asked = []
    monkeypatch.setattr(release_freezing, "gather_readings", lambda page: asked.append(page) or gather_readings(page))
    assert draw(*biased(-0.3, 0.21, -0.2, 0), distinct=50)[0] == 2
    assert len(asked) == 1


def test_the_noise_of_few_numbers_is_never_drawn_again(draw):
    assert draw(*biased(0.9, 0), distinct=49)[0] == 0


def test_where_no_draw_is_as_agreed_the_nearest_is_taken_as_far_as_chance_explains_it(draw):
    assert draw(*biased(0.9, -0.3, 0.4), distinct=50)[0] == 1


@pytest.mark.parametrize(("fates", "distinct"), [(biased(1.9, -1.61, 1.7), 50), (biased(1.61, 0), 49)])
def test_what_no_chance_explains_is_no_release(draw, fates, distinct):
    with pytest.raises(ValidationError, match="further off than was agreed"):
        draw(*fates, distinct=distinct)
    assert not Release.objects.exists()


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
    "figures": 900, "shown": 400, "large": 300, "nearly_all": 9, "shown_share": 0.98, "max_error": 7,
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
        (FEW | {"bias": 1.56}, ""),
        (FEW | {"bias": -1.57}, "at most 1.56"),
        (BEFORE | {"bias": 0.68}, ""),
        (BEFORE | {"bias": 0.69}, "at most 0.68"),
        ({"mean_error": 2.2}, ""),
        ({"mean_error": 2.21}, "1.00 to 2.20"),
        ({"mean_error": 0.99}, "1.00 to 2.20"),
        (FEW | {"mean_error": 2.91}, ""),
        (FEW | {"mean_error": 2.93}, "1.00 to 2.92"),
        (FEW | {"mean_error": 0.9}, "1.00 to 2.92"),
        (FEW | {"distinct": 9, "mean_error": 0.1}, ""),
        (FEW | {"distinct": 9, "mean_error": 4.0}, "3.96 was agreed"),
        ({"max_error": 8}, "at most 7"),
        ({"shown_share": 0.95}, ""),
        ({"shown_share": 0.946}, "16 are hidden"),
        ({"shown_share": 0.9, "nearly_all": None}, ""),  # made before those of nearly all were told apart
        (FEW | {"large": 20, "shown_share": 0.85}, ""),
        (FEW | {"large": 20, "shown_share": 0.8}, "4 are hidden"),
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
    exact = AS_AGREED | {"mean_error": 0.0, "max_error": 0, "bias": 0.0, "shown_share": 0.5}
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
    ("people", "group", "least", "large"),
    [(10, 30, 5, True), (9, 30, 5, False), (14, 30, 10, False), (15, 15, 10, True), (10, 14, 5, False)],
)
def test_a_figure_is_large_where_it_and_its_group_are_well_above_their_limits(people, group, least, large):
    behind = {(TOTAL, "g"): np.arange(group), ("yes", "g"): np.arange(people)}
    table = CountTable(("yes", "no"), ((people,), (group - people,)), ("g",))
    asked = CountedTable("question-by", "k", "", (), table, behind, (("g", "G"),))
    assert CheckedFigure(people, None, "", least, asked, ("yes", "g")).is_large(DEFAULT) == large


def test_nearly_all_is_told_and_fewer_than_is_hidden(answered, officer):
    """Recounted from the stored tables: no number there is changed, so each one of 10 people or more is large."""
    made = create_release(consultation=answered, by=officer, today=TODAY)
    symbols = [
        cell["symbol"]
        for figure in made.figures.all()
        for row in figure.table["rows"]
        for cell in (row, *row.get("cells", ()))
    ]
    assert made.verification["shown_share"] == 1.0  # no larger one is hidden, whatever rule is near
    assert 0 < made.verification["nearly_all"] <= sum(one.startswith("nearly all") for one in symbols)


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

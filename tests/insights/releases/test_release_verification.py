"""A release is proved true at its freeze; the summary is stored, never a count."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from insights.disclosure import DisclosureRules
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.releases import release_freezing
from insights.releases.actions import create_release, discard_release
from insights.releases.models import Figure
from insights.releases.release_verification import RECORDED, summarise_errors
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
    assert found["max_error"] <= 7
    assert 0.5 <= found["mean_error"] <= 3
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
        discard_release(release=made, by=officer)
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
    monkeypatch.setattr(DisclosureRules, "variance", 100)
    monkeypatch.setattr(
        ReleaseNoise, "cell_key", lambda noise, people: asked.append(people.size) or people.size % KEYS
    )
    found = create_release(consultation=answered, by=officer, today=TODAY).verification
    large = {size for size in asked if size >= 10}
    assert found["bias_error"] >= round((100 / len(large)) ** 0.5, 2) > round((100 / found["shown"]) ** 0.5, 2)


@pytest.mark.parametrize(
    ("bias", "error", "refused"), [(0.2, 0.01, False), (0.5, 0.19, False), (-0.6, 0.19, True), (0.3, 0.05, True)]
)
def test_a_bias_is_refused_where_chance_does_not_explain_it(release, bias, error, refused):
    release.verification |= {"bias": bias, "bias_error": error}
    release.save()
    if refused:
        with pytest.raises(CommandError, match="on average, more than chance"):
            verify(release)
    else:
        assert f"bias: {bias}" in verify(release)


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

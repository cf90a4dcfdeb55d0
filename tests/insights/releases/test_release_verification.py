"""A release is proved true at its freeze; the summary is stored, never a count."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from insights.releases.actions import create_release
from insights.releases.models import Figure
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
    assert set(found) == {"figures", "shown", "shown_share", "max_error", "mean_error", "bias", "fingerprint"}
    assert found["figures"] > found["shown"] > 10
    assert found["max_error"] <= 7
    assert 0.5 <= found["mean_error"] <= 3
    assert f"max_error: {found['max_error']}" in verify(release)


def test_without_noise_nothing_would_be_off(answered, officer):
    found = create_release(consultation=answered, by=officer, today=TODAY).verification
    assert (found["max_error"], found["bias"], found["mean_error"]) == (0, 0, 0)


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

"""A codebook of five themes in force, and texts of a consultation that uses it."""

import uuid

import pytest

from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.codebooks.actions import begin_draft
from insights.coding.models import Theme
from insights.corpus.models import Text

LABELS = ("Lights", "Staff", "Buses", "Noise", "Shops")


@pytest.fixture
def book(officer, colleague):
    themes = [{"slug": label.lower(), "label": label, "family": "places"} for label in LABELS]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officer)
    approve_version(version=version, by=officer)
    return approve_version(version=version, by=colleague).codebook


@pytest.fixture
def text(parks):
    """text("words", of=respondent): a cleared text of a new person, or of one who has spoken before."""

    def make(words="some words", of=None, **more):
        return Text.objects.create(
            respondent=of or uuid.uuid4(),
            version=parks[1],
            question="q-c",
            language="en",
            audience="children-young-people",
            text=words,
            **more,
        )

    return make


@pytest.fixture
def theme(book):
    """theme("lights"): the theme with this permanent id."""
    return lambda slug: Theme.objects.get(codebook=book, slug=slug)


@pytest.fixture
def both(officer, colleague):
    """both(version): approve it by two people."""

    def agree(version):
        approve_version(version=version, by=officer)
        return approve_version(version=version, by=colleague)

    return agree


@pytest.fixture
def draft(book, officer):
    return begin_draft(codebook=book, by=officer)

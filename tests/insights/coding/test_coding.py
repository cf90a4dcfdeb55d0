import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.desk.actions import confirm_codes, undo_confirmed_codes
from insights.coding.models import Code, Codebook, CodebookVersionStatus, CodingStatus, MachineReading, Theme
from insights.coding.proposals.actions import propose_codes
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.databases import only_on_postgresql


@pytest.fixture
def texts(parks, officer, codebook):
    for words in ("the street lights are broken and it is dark", "we need more youth workers who look out"):
        factories.response(parks[1], texts={"q-c": words}, reader=officer)
    take_released_texts()
    return parks[0]


def test_a_sweep_proposes_with_confidence_and_cause(texts):
    assert propose_codes() == 2
    code = Code.objects.proposals().get(text__text__contains="street lights", theme__slug="lights")
    assert 0 < code.confidence <= 1
    assert code.because


@only_on_postgresql("that workers share the texts that wait for proposals")
def test_each_worker_takes_texts_that_no_other_is_at(texts):
    """As tests/consultation/domain/test_row_claims.py shows of the screening."""
    with CaptureQueriesContext(connection) as asked:
        propose_codes()
    claims = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"] and "insights_text" in query["sql"]]
    assert claims and all('OF "insights_text" SKIP LOCKED' in sql for sql in claims)


def test_a_sweep_with_nothing_new_does_nothing(texts):
    propose_codes()
    before = set(Code.objects.values_list("pk", flat=True))
    assert propose_codes() == 0
    assert set(Code.objects.values_list("pk", flat=True)) == before


def test_a_new_codebook_version_is_read_again(texts, officer, colleague):
    propose_codes()
    version = load_codebook(
        slug="seed", name="Seed", by=officer, themes=[{"slug": "lights", "label": "Lights", "examples": ["dark"]}]
    )
    approve_version(version=version, by=officer)
    approve_version(version=version, by=colleague)
    assert propose_codes() == 2
    assert set(MachineReading.objects.values_list("version", flat=True)) == {version.pk}


def test_sentiment_comes_from_the_same_reading(texts):
    propose_codes()
    assert set(MachineReading.objects.values_list("sentiment", flat=True)) <= {"negative", "neutral", "positive"}


def test_a_persons_choice_stands_and_the_proposal_stays(texts, officer):
    propose_codes()
    text, staff = Text.objects.get(text__contains="street lights"), Theme.objects.get(slug="staff")
    proposed = Code.objects.proposals().filter(text=text).count()
    confirm_codes(text=text, themes=[staff], by=officer)
    assert Code.objects.proposals().filter(text=text).count() == proposed
    standing = {theme for theme, found in current_codes_by_theme(texts).items() if text.pk in found}
    assert standing == {staff.pk}


def test_no_theme_is_a_choice(texts, officer):
    propose_codes()
    text = Text.objects.get(text__contains="street lights")
    confirm_codes(text=text, themes=[], by=officer)
    assert not any(text.pk in found for found in current_codes_by_theme(texts).values())


def test_undo_lets_the_proposals_count_again(texts, officer):
    propose_codes()
    text = Text.objects.get(text__contains="street lights")
    before = current_codes_by_theme(texts)
    confirm_codes(text=text, themes=[], by=officer)
    undo_confirmed_codes(text=text, by=officer)
    assert current_codes_by_theme(texts) == before
    assert not CodingStatus.objects.filter(text=text).exists()


def test_a_theme_of_another_codebook_is_refused(texts, officer):
    other = load_codebook(slug="other", name="Other", by=officer, themes=[{"slug": "x", "label": "X"}])
    with pytest.raises(ValidationError, match="codebook in force"):
        confirm_codes(text=Text.objects.first(), themes=[other.entries.get().theme], by=officer)


def test_a_codebook_version_needs_two_people(officer, colleague):
    version = load_codebook(slug="new", name="New", by=officer, themes=[{"slug": "x", "label": "X"}])
    approve_version(version=version, by=officer)
    assert Codebook.objects.get(slug="new").current is None
    approve_version(version=version, by=officer)
    assert Codebook.objects.get(slug="new").current is None
    approve_version(version=version, by=colleague)
    assert Codebook.objects.get(slug="new").current == version


def test_the_new_version_takes_the_place_of_the_old(codebook, officer, colleague):
    version = load_codebook(
        slug="seed", name="Seed", by=officer, themes=[{"slug": "lights", "label": "Street lights"}]
    )
    approve_version(version=version, by=officer)
    approve_version(version=version, by=colleague)
    codebook.refresh_from_db()
    assert codebook.status == CodebookVersionStatus.SUPERSEDED
    assert Theme.objects.get(slug="lights").entries.count() == 2

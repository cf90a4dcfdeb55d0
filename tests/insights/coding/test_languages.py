"""Answers in other languages are coded, or wait for people and are counted; none is dropped silently."""

import pytest

from insights.coding.desk.actions import confirm_codes
from insights.coding.engine import remembered_rows
from insights.coding.models import Code, MachineReading, Theme
from insights.coding.proposals.actions import propose_codes
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.insights.coding.divided_sweeps import fit_due_model

pytestmark = pytest.mark.any_database

WORDS = {
    "ur": "سڑک کی بتیاں ٹوٹی ہوئی ہیں اور اندھیرا ہے",
    "pa": "ਸੜਕ ਦੀਆਂ ਬੱਤੀਆਂ ਟੁੱਟੀਆਂ ਹੋਈਆਂ ਹਨ",
    "bn": "রাস্তার বাতি ভাঙা এবং অন্ধকার",
    "pl": "Światła na ulicy nie działają i jest ciemno",
    "sk": "Pouličné svetlá nesvietia a je tma",
    "ro": "Luminile de pe stradă sunt stricate",
    "ar": "أضواء الشارع مكسورة والمكان مظلم",
}


@pytest.fixture
def texts(parks, officer, codebook):
    factories.response(parks[1], texts={"q-c": "the street lights are broken"}, reader=officer)
    for language, words in WORDS.items():
        factories.response(parks[1], texts={"q-c": words}, reader=officer, language=language)
    take_released_texts()
    return parks[0]


def test_what_the_machine_cannot_read_waits_for_people_and_is_counted(texts):
    propose_codes()
    readings = MachineReading.objects.of(texts)
    assert readings.count() == 8
    assert set(readings.unreadable().values_list("text__language", flat=True)) == set(WORDS)
    assert not Code.objects.filter(text__machine__readable=False).exists()
    assert set(readings.unreadable().values_list("sentiment", flat=True)) == {""}
    assert Text.objects.of(texts).filter(status__isnull=True).count() == 8  # each still waits at the desk


@pytest.mark.slow
def test_once_people_have_coded_it_reads_polish_and_arabic_by_meaning(texts, parks, officer):
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    for n in range(70):
        words = f"we need more youth workers {n}" if n % 2 else f"street lights are broken and it is dark {n}"
        factories.response(parks[1], texts={"q-c": words}, reader=officer)
    take_released_texts()
    for text in Text.objects.filter(language="en"):
        confirm_codes(text=text, themes=[staff if "workers" in text.text else lights], by=officer)
    fit_due_model()
    propose_codes()
    readings = MachineReading.objects.of(texts)
    assert set(readings.unreadable().values_list("text__language", flat=True)) == {"ur", "pa", "bn", "sk", "ro"}
    for language in ("pl", "ar"):
        assert set(Code.objects.filter(text__language=language).values_list("theme__slug", flat=True)) == {"lights"}


def test_words_that_people_taught_make_a_language_readable(texts, parks, officer):
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    for _ in range(12):
        factories.response(parks[1], texts={"q-c": WORDS["sk"]}, reader=officer, language="sk")
        factories.response(parks[1], texts={"q-c": "we need more youth workers"}, reader=officer)
    take_released_texts()
    for text in Text.objects.filter(language__in=["sk", "en"]).exclude(text=WORDS["ro"]):
        confirm_codes(text=text, themes=[staff if "workers" in text.text else lights], by=officer)
    factories.response(parks[1], texts={"q-c": "Pouličné svetlá nesvietia, tma"}, reader=officer, language="sk")
    take_released_texts()
    fit_due_model()
    propose_codes()
    new = Text.objects.get(text="Pouličné svetlá nesvietia, tma")
    assert new.machine.readable
    assert set(new.codes.values_list("theme__slug", flat=True)) == {"lights"}


def test_english_gets_a_sentiment_and_no_embedding_stays_in_the_worker(texts):
    propose_codes()
    [reading] = MachineReading.objects.of(texts).filter(text__language="en")
    assert reading.sentiment == "negative"
    assert reading.polarity < 0
    assert remembered_rows._kept.get() is None

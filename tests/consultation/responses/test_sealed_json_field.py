"""A sealed value is saved anywhere, opened where a key is, and compared by no query."""

import pytest
from django.core import serializers
from django.db import connection

from consultation.reading.models import Screening
from consultation.responses.vault import VaultLocked
from tests.factories import consultation, question, response

pytestmark = pytest.mark.django_db
HARM = [{"rule": "hit", "category": "harm", "label": "Tells of being hit", "start": 3, "end": 6}]


@pytest.fixture
def stored(home):
    _, version = consultation(home, items=[question("b", "long_text")])
    answer = response(version, texts={"q-b": "He hits me."}).answers.get()
    return Screening.objects.create(answer=answer, order=[True, "T2", ""], reasons=HARM, spans=None, engine="t")


def raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_reasons, sealed_spans FROM consultation_screening")
        return [value if value is None else bytes(value) for value in cursor.fetchone()]


def test_it_is_stored_sealed_and_read_as_it_was(stored):
    reasons, spans = raw()
    assert b"harm" not in reasons and spans is None
    assert Screening.objects.get().reasons == HARM
    assert list(Screening.objects.only("engine"))[0].reasons == HARM


def test_without_a_key_a_row_is_read_saved_and_locked_alone(stored, settings):
    settings.ANSWER_OPEN_KEYS = []
    row, before = Screening.objects.get(), raw()
    row.copy = True
    row.save()
    assert raw() == before
    assert Screening.objects.get().copy
    with pytest.raises(VaultLocked):
        row.reasons  # noqa: B018
    Screening.objects.update(spans=[])
    row = Screening.objects.get()
    with pytest.raises(VaultLocked):
        row.list_proposals()


def test_null_stays_null_and_an_empty_list_does_not(stored):
    assert Screening.objects.filter(spans__isnull=True).exists()
    Screening.objects.update(spans=[])
    assert not Screening.objects.filter(spans__isnull=True).exists()
    assert Screening.objects.get().spans == []


def test_a_changed_list_is_saved(stored):
    row = Screening.objects.get()
    row.reasons.append({})
    row.save(update_fields=["reasons"])
    assert Screening.objects.get().reasons == [*HARM, {}]


@pytest.mark.parametrize("asked", [{"spans": []}, {"reasons": HARM}])
def test_no_query_compares_it(stored, asked):
    with pytest.raises(TypeError, match="no query can compare it"):
        Screening.objects.filter(**asked).exists()


def test_however_much_was_found_it_takes_the_same_place(stored):
    sizes = set()
    for many in range(5):
        Screening.objects.update(reasons=HARM * many, spans=HARM * many)
        sizes.add(tuple(map(len, raw())))
    assert len(sizes) == 1


def test_a_serialised_row_holds_what_is_stored(stored):
    text = serializers.serialize("json", [Screening.objects.get()])
    assert "harm" not in text
    [again] = serializers.deserialize("json", text)
    again.save()
    assert Screening.objects.get().reasons == HARM

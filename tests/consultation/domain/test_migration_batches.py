"""Data migrations change each row once, in batches, and say how far they are."""

import pytest

from consultation.agencies.models import KnownAgency
from consultation.domain import migration_batches
from consultation.domain.migration_batches import change_in_batches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five_rows(monkeypatch):
    monkeypatch.setattr(migration_batches, "BATCH", 2)
    KnownAgency.objects.all().delete()
    KnownAgency.objects.bulk_create(KnownAgency(key=f"a{number}", name="Old") for number in range(5))


def rename(row):
    row.name = f"{row.name}, new"


def test_each_row_is_changed_once_in_few_queries(django_assert_num_queries):
    with django_assert_num_queries(1 + 4 + 3):
        change_in_batches(KnownAgency, rename, ["name"])
    assert set(KnownAgency.objects.values_list("name", flat=True)) == {"Old, new"}


@pytest.mark.parametrize(("seconds", "lines"), [(0, ["2 of 5", "4 of 5", "5 of 5"]), (60, [])])
def test_it_says_how_far_it_is_only_when_it_takes_long(capsys, monkeypatch, seconds, lines):
    monkeypatch.setattr(migration_batches, "TELL_SECONDS", seconds)
    change_in_batches(KnownAgency, rename, ["name"])
    assert [line.rpartition(": ")[2] for line in capsys.readouterr().err.splitlines()] == lines

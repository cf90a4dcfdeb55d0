"""Data migrations change each row once, in batches, and say how far they are; one that does not is found."""

import ast

import pytest
from django.conf import settings

from consultation.agencies.models import KnownAgency
from consultation.domain import migration_batches
from consultation.domain.migration_batches import change_in_batches
from tests.cms.operations.upgrades.last_release import list_released_migrations

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


# Migrations that walk over rows by themselves, and why these are few.
FEW_ROWS = {
    "consultation.0045_plain_columns_are_dropped": "what a process of 0.1.0 wrote while 0.2.0 was put in",
    "insights.0028_plain_contacts_are_dropped": "what a process of 0.1.0 wrote while 0.2.0 was put in",
}
ROWS = ("objects", "_manager", "get_model", "iterator")


def walks_over_rows(code):
    """Whether a loop or comprehension goes over what a manager of a model gives, by itself or by way of a name."""
    nodes = list(ast.walk(ast.parse(code)))
    named = {
        name.id: node.value for node in nodes if isinstance(node, ast.Assign) for name in node.targets
        if isinstance(name, ast.Name)
    }  # fmt: skip

    def gives_rows(source, seen=()):
        names = {each.id for each in ast.walk(source) if isinstance(each, ast.Name)} & named.keys() - set(seen)
        asked = {each.attr for each in ast.walk(source) if isinstance(each, ast.Attribute)}
        return any(asked_for.endswith(ROWS) for asked_for in asked) or any(
            gives_rows(named[name], (*seen, name)) for name in names
        )

    return any(gives_rows(node.iter) for node in nodes if isinstance(node, ast.For | ast.comprehension))


@pytest.mark.any_database
def test_each_new_data_migration_goes_in_batches():
    released = list_released_migrations()
    found = {
        f"{app}.{path.stem}"
        for app in ("cms", "consultation", "insights")
        for path in (settings.BASE_DIR / app / "migrations").glob("0*.py")
        if (app, path.stem) not in released and walks_over_rows(path.read_text(encoding="utf-8"))
    }
    assert found == FEW_ROWS.keys()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("code", "walks"),
    [
        ("for row in apps.get_model('cms', 'User').objects.all(): row.save()", True),
        ("rows = User.objects.order_by('pk')\nfor row in rows.filter(pk=1): row.save()", True),
        ("User._base_manager.bulk_update([change(row) for row in User._base_manager.all()], ['name'])", True),
        ("User.objects.update(name='')\nfor name in NAMES: change_in_batches(User, change, [name])", False),
    ],
)
def test_a_walk_over_rows_is_found(code, walks):
    assert walks_over_rows(code) == walks

"""Each migration since the last release can run while the old code still serves: django-migration-linter looks at its
SQL, on SQLite here and on PostgreSQL in tests/house/test_postgresql.py. What that code does not name may be dropped.
"""

import re
from functools import cached_property

import pytest
from django.db import connection
from django_migration_linter import MigrationLinter

from tests.cms.operations.upgrades.last_release import OURS, list_released_migrations

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite writes down no change of tables within a transaction
DROP = re.compile(r'ALTER TABLE "(\w+)" DROP COLUMN "(\w+)"|DROP TABLE (?:IF EXISTS )?"?(\w+)')
# Columns that may be null in the last release's tables, and are in no row that its code writes.
NEVER_NULL = re.compile(
    'ALTER TABLE "consultation_(screening" ALTER COLUMN "sealed_order|reading" ALTER COLUMN "sealed_spans)" SET NOT NULL'
)


class Linter(MigrationLinter):
    def get_sql(self, *migration):
        return [sql for sql in super().get_sql(*migration) if not (NEVER_NULL.match(sql) or self.drops_unnamed(sql))]

    def drops_unnamed(self, sql):
        """Whether it drops a table or column that no model of the last release names."""
        if not (found := DROP.match(sql)):
            return False
        table, column, whole = found.groups()
        return column not in self.named[table] if table else whole not in self.named

    @cached_property
    def named(self):
        """{table: columns} of the models of the last release."""
        there = self.migration_loader.disk_migrations
        released = [key for key in list_released_migrations() if key[0] in OURS and key in there]
        models = self.migration_loader.project_state(released).apps.get_models(include_auto_created=True)
        return {model._meta.db_table: {field.column for field in model._meta.local_fields} for model in models}


@pytest.fixture
def linter(settings, transactional_db):
    settings.MIGRATION_MODULES = {}  # the tests' own database is made without them
    # On SQLite the linter takes the columns and constraints of a new table for an old one's; on PostgreSQL it does not.
    left_out = ["NOT_NULL", "ADD_UNIQUE"] if connection.vendor == "sqlite" else []
    return Linter(
        include_apps=OURS, no_cache=True, analyser_string=connection.vendor, exclude_migration_tests=left_out
    )


def list_new_migrations(linter):
    released = list_released_migrations()
    migrations = linter.migration_loader.disk_migrations.values()
    return [one for one in migrations if one.app_label in OURS and (one.app_label, one.name) not in released]


@pytest.mark.slow
def test_old_code_works_while_each_new_migration_runs(linter, capsys):
    for migration in list_new_migrations(linter):
        linter.lint_migration(migration)
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        'DROP TABLE "cms_user"',
        'ALTER TABLE "consultation_screening" DROP COLUMN "sealed_order"',
        'ALTER TABLE "cms_user" RENAME COLUMN "agency" TO "office"',
        'ALTER TABLE "cms_user" RENAME TO "cms_person"',
    ],
)
def test_a_migration_that_breaks_the_old_code_is_found(linter, monkeypatch, sql):
    monkeypatch.setattr(MigrationLinter, "get_sql", lambda *migration: ["BEGIN", sql, "COMMIT"])
    linter.lint_migration(linter.migration_loader.disk_migrations["cms", "0001_user"])
    assert linter.has_errors

"""The migration that adds `settled` can be undone and done again, and fails without a trace."""

from importlib import import_module

import pytest
from django.db import OperationalError, ProgrammingError, connection

from consultation.responses.models import Answer, EqualityRow
from tests import factories

migration = import_module("consultation.migrations.0033_rows_that_lie_where_written")
MISSING = (OperationalError, ProgrammingError)


def columns(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def run(*steps):
    with connection.schema_editor() as editor:
        for step in steps:
            step(None, editor)


def fail(apps, editor):
    editor.execute("SELECT no_such_column FROM consultation_answer")


@pytest.mark.django_db(transaction=True)
def test_it_is_rolled_back_whole_and_earlier_answers_count_as_moved(home):
    _, version = factories.consultation(home, items=[factories.question("b", "long_text")])
    factories.response(version, texts={"q-b": "More lights."})
    run(migration.drop_columns)
    try:
        assert "settled" not in columns("consultation_answer")
        with pytest.raises(MISSING):
            run(migration.add_columns, fail)
        assert "settled" not in columns("consultation_answer"), "nothing of it stays"
    finally:
        run(migration.add_columns)
    assert list(Answer.objects.values_list("settled", flat=True)) == [2]
    EqualityRow.objects.create(consultation=version.page)
    assert EqualityRow.objects.get().settled == 0

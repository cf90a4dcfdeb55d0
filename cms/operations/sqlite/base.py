"""Django's SQLite backend, with answer tables stored in key order.

A rowid reveals the order of arrival, which is personal data. `WITHOUT ROWID` stores rows by their random key. The
schema editor adds it, so that migrations, which rebuild tables, keep it.
"""

from django.conf import settings
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    def table_sql(self, model):
        sql, params = super().table_sql(model)
        if model._meta.db_table.removeprefix("new__") in settings.TABLES_IN_KEY_ORDER:
            sql += " WITHOUT ROWID"
        return sql, params


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor

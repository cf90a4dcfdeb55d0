"""Django's SQLite backend, with tables of answers kept in key order.

A rowid is an order of arrival, and the order of arrival is personal data. `WITHOUT ROWID` stores a row at the place
that its (random) key gives it. The schema editor adds it, so that later migrations, which remake tables, keep it.
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

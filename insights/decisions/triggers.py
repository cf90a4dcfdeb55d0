"""Database triggers: no decision, note or signed head is deleted, nor evidence and actions of a published decision.

Installed after every `migrate`, on both databases. Only a demo's or a test's `flush` may empty the tables
(`consultation.audit.triggers.allow_flushing`). TRUNCATE fires no row trigger, so it has a statement trigger of its own.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections

REFUSAL = "a decision is never deleted"
ALWAYS, PUBLISHED = "always", "published"
TriggerRule = tuple[str, str, str]
# (table, refused operation, when): rows of a draft may still be removed.
TRIGGER_RULES: tuple[TriggerRule, ...] = (
    ("insights_decision", "DELETE", ALWAYS),
    ("insights_progressnote", "DELETE", ALWAYS),
    ("insights_itemupdate", "DELETE", ALWAYS),
    ("insights_itemupdate", "UPDATE", ALWAYS),
    ("insights_citation", "DELETE", PUBLISHED),
    ("insights_figurecitation", "DELETE", PUBLISHED),
    ("insights_option", "DELETE", PUBLISHED),
    ("insights_actionitem", "DELETE", PUBLISHED),
    ("insights_ledgerhead", "DELETE", ALWAYS),
    ("insights_ledgerhead", "UPDATE", ALWAYS),
)
IS_PUBLISHED = "EXISTS (SELECT 1 FROM insights_decision d WHERE d.id = OLD.decision_id AND d.status = 'published')"
SQLITE = (
    "DROP TRIGGER IF EXISTS {table}_kept_{verb}",
    "CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table} WHEN NOT audit_flushing() AND ({when}) "
    "BEGIN SELECT RAISE(ABORT, '{why}'); END",
)
POSTGRES = (
    "CREATE OR REPLACE FUNCTION {table}_kept_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF {when} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    "CREATE OR REPLACE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_kept_{verb}()",
    "CREATE OR REPLACE FUNCTION {table}_kept_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF current_setting('audit.flushing', true) = 'on' THEN RETURN NULL; END IF; "
    "RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE OR REPLACE TRIGGER {table}_kept_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept_truncate()",
)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRES}
TRUE = {"sqlite": "1", "postgresql": "true"}


def install_after_migrate(using: str, **_: Any) -> None:
    """Receiver of post_migrate for this app; idempotent."""
    conditions = {ALWAYS: TRUE.get(connections[using].vendor, ""), PUBLISHED: IS_PUBLISHED}
    install_triggers(using, ((table, verb, conditions[when]) for table, verb, when in TRIGGER_RULES), REFUSAL)


def install_triggers(using: str, kept: Iterable[TriggerRule], why: str) -> None:
    """Install one trigger for each (table, refused operation, SQL condition)."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, verb, when in kept:
            for statement in STATEMENTS.get(connection.vendor, ()) if table in present else ():
                cursor.execute(statement.format(table=table, verb=verb, when=when, why=why))

"""Database triggers that refuse to change or delete published outcomes, their evidence and published polls.
Translations and poll numbers may change; the ledger records them."""

from typing import Any

from django.conf import settings
from django.db import connections

from insights.decisions.triggers import TriggerRule, install_triggers

REFUSAL = "what is published stays"
UPDATE_COLUMNS = (
    "decision_id",
    "verdict",
    "reached",
    "hard_because",
    "status",
    "made_on",
    "made_by_id",
    "published_on",
    "published_by_id",
)
POLL_COLUMNS = ("decision_id", "consultation_id", "opens", "closes", "status", "made_on", "made_by_id", "published_on",
        "published_by_id")  # fmt: skip
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
ENGLISH = {"sqlite": "json_extract({row}.words, '$.{code}')", "postgresql": "({row}.words -> '{code}')::text"}
PUBLISHED = "OLD.status = 'published'"
OF_PUBLIC = "EXISTS (SELECT 1 FROM insights_outcomeupdate u WHERE u.id = {which} AND u.status = 'published')"


def list_trigger_rules(vendor: str) -> list[TriggerRule]:
    """(table, refused operation, SQL condition) for each trigger."""
    english = f" {DIFFERS[vendor]} ".join(
        ENGLISH[vendor].format(row=row, code=settings.LANGUAGE_CODE) for row in ("OLD", "NEW")
    )
    evidence = "insights_outcomeevidence"
    return [
        ("insights_outcomeupdate", "DELETE", PUBLISHED),
        (
            "insights_outcomeupdate",
            "UPDATE",
            f"{PUBLISHED} AND ({_any_column_differs(vendor, UPDATE_COLUMNS)} OR {english})",
        ),
        ("insights_outcomeupdate_writers", "DELETE", OF_PUBLIC.format(which="OLD.outcomeupdate_id")),
        (evidence, "DELETE", OF_PUBLIC.format(which="OLD.update_id")),
        (evidence, "UPDATE", OF_PUBLIC.format(which="OLD.update_id")),
        (evidence, "INSERT", OF_PUBLIC.format(which="NEW.update_id")),
        ("insights_changepoll", "DELETE", PUBLISHED),
        ("insights_changepoll", "UPDATE", f"{PUBLISHED} AND ({_any_column_differs(vendor, POLL_COLUMNS)})"),
    ]


def _any_column_differs(vendor: str, columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} {DIFFERS[vendor]} NEW.{name}" for name in columns)


def install_after_migrate(using: str, **_: Any) -> None:
    """Receiver of post_migrate for this app; idempotent."""
    vendor = connections[using].vendor
    if vendor in ENGLISH:
        install_triggers(using, list_trigger_rules(vendor), REFUSAL)

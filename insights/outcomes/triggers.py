"""Database triggers that refuse to change or delete published outcomes, their evidence and published polls.
Translations and poll numbers may change; the ledger records them."""

from typing import Any

from django.conf import settings
from django.db import connections

from insights.decisions.triggers import Kept, install

REFUSAL = "what is published stays"
UPDATE = (
    "decision_id",
    "verdict",
    "hard_because",
    "status",
    "made_on",
    "made_by_id",
    "published_on",
    "published_by_id",
)
POLL = ("decision_id", "consultation_id", "opens", "closes", "status", "made_on", "made_by_id", "published_on",
        "published_by_id")  # fmt: skip
OTHER = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
ENGLISH = {"sqlite": "json_extract({row}.words, '$.{code}')", "postgresql": "({row}.words -> '{code}')::text"}
PUBLISHED = "OLD.status = 'published'"
OF_PUBLIC = "EXISTS (SELECT 1 FROM insights_outcomeupdate u WHERE u.id = {which} AND u.status = 'published')"


def kept(vendor: str) -> list[Kept]:
    """(table, refused operation, SQL condition) for each trigger."""
    english = f" {OTHER[vendor]} ".join(
        ENGLISH[vendor].format(row=row, code=settings.LANGUAGE_CODE) for row in ("OLD", "NEW")
    )
    evidence = "insights_outcomeevidence"
    return [
        ("insights_outcomeupdate", "DELETE", PUBLISHED),
        ("insights_outcomeupdate", "UPDATE", f"{PUBLISHED} AND ({_other(vendor, UPDATE)} OR {english})"),
        ("insights_outcomeupdate_writers", "DELETE", OF_PUBLIC.format(which="OLD.outcomeupdate_id")),
        (evidence, "DELETE", OF_PUBLIC.format(which="OLD.update_id")),
        (evidence, "UPDATE", OF_PUBLIC.format(which="OLD.update_id")),
        (evidence, "INSERT", OF_PUBLIC.format(which="NEW.update_id")),
        ("insights_changepoll", "DELETE", PUBLISHED),
        ("insights_changepoll", "UPDATE", f"{PUBLISHED} AND ({_other(vendor, POLL)})"),
    ]


def _other(vendor: str, columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} {OTHER[vendor]} NEW.{name}" for name in columns)


def install_after_migrate(using: str, **_: Any) -> None:
    """Receiver of post_migrate for this app; idempotent."""
    vendor = connections[using].vendor
    if vendor in ENGLISH:
        install(using, kept(vendor), REFUSAL)

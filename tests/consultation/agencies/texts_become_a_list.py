"""Rows with agencies as texts, migrated to the list, and what they are then, as JSON: read by the shell of a scratch site
that has no tables yet."""

import json
import uuid

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

TEXTS = [("consultation", "0016_how_staff_are_told"), ("cms", "0006_requests_of_a_minute")]
LIST = [("consultation", "0018_agencies_are_a_list"), ("cms", "0008_agencies_have_no_text")]
NOW = timezone.now()


def insert(table, **values):
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))  # noqa: S608


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def column(sql):
    return [value for (value,) in rows(sql)]


MigrationExecutor(connection).migrate(TEXTS)
for number, agency in enumerate(["Youth Trust", "youth-trust", "City Council", "", "  ", "Kite School"], start=1):
    insert(
        "cms_user", id=number, password="x", is_superuser=False, first_name="", last_name=str(number),  # noqa: S106
        is_staff=False, is_active=True, date_joined=NOW, email=f"{number}@staff.test", agency=agency,
    )  # fmt: skip
insert("cms_agreement", id=1, agency="YOUTH TRUST", reference="", starts="2026-01-01", ends="2027-01-01")
CASES = [
    ("Youth.Trust", "youthtrust", "CEOP"),
    ("Sports Club", "sportsclub", "front door/MASH"),
    ("Kite  school", "kiteschool", "LADO"),
    ("", "", "NRM"),
]
for number, (agency, key, told) in enumerate(CASES, start=1):
    insert(
        "consultation_triagecase", id=uuid.UUID(int=number), state="new", priority="T1", opened_at=NOW, due_at=NOW,
        outcome="", reporting_duty="", alerted=0, agency=agency, agency_key=key, moved_at=NOW,
    )  # fmt: skip
    insert(
        "consultation_casereferral", id=uuid.UUID(int=number), agency=told, sealed_reference=b"x", sent_at=NOW,
        chase_on="2026-12-01", case_id=uuid.UUID(int=number), sent_by_id=1,
    )  # fmt: skip
MigrationExecutor(connection).migrate(LIST)
agencies = rows("SELECT key, name, status, other_names FROM consultation_knownagency")
found = {
    "agencies": {key: [name, status, others.splitlines()] for key, name, status, others in agencies},
    "people": column("SELECT agency_id FROM cms_user ORDER BY id"),
    "agreements": column("SELECT agency_id FROM cms_agreement"),
    "told": column("SELECT agency_id FROM consultation_casereferral ORDER BY agency_id"),
    "cases": column("SELECT agency_id FROM consultation_triagecase ORDER BY id"),
}
print("FOUND", json.dumps(found))  # noqa: T201

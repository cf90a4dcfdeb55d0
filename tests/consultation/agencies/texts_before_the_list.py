"""Rows as they stood before agencies were a list: read by the shell of a scratch site."""

import uuid

from django.db import connection
from django.utils import timezone

NOW = timezone.now()


def insert(table, **values):
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))  # noqa: S608


def make_id(number):
    return uuid.UUID(int=number).hex if connection.vendor == "sqlite" else uuid.UUID(int=number)


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
        "consultation_triagecase", id=make_id(number), state="new", priority="T1", opened_at=NOW, due_at=NOW, outcome="",
        reporting_duty="", alerted=0, agency=agency, agency_key=key, moved_at=NOW,
    )  # fmt: skip
    insert(
        "consultation_casereferral", id=make_id(number), agency=told, sealed_reference=b"x", sent_at=NOW,
        chase_on="2026-12-01", case_id=make_id(number), sent_by_id=1,
    )  # fmt: skip

"""The agencies with which every list begins: the referrals among the outcomes of domain/controls.yaml."""

from typing import Any

from django.db import connection

from consultation.agencies.models import AgencyKind, KnownAgency, agency_key

LADO = "LADO"  # the route of a concern about staff (D7)
FIRST_AGENCIES = {
    "front door/MASH": AgencyKind.SOCIAL_CARE,
    "police 999": AgencyKind.ROUTE,
    "police 101 or intelligence": AgencyKind.ROUTE,
    LADO: AgencyKind.ROUTE,
    "CEOP": AgencyKind.NATIONAL,
    "NRM": AgencyKind.ROUTE,
    "Forced Marriage Unit": AgencyKind.NATIONAL,
    "school DSL": AgencyKind.ROUTE,
    "existing worker told": AgencyKind.ROUTE,
}
ANOTHER_AGENCY = "another agency"  # the outcome of a referral to any other
OUTCOMES = {agency_key(name): name for name in FIRST_AGENCIES}
LADO_KEY = agency_key(LADO)


def find_outcome(agency: KnownAgency) -> str:
    """The outcome that a referral to this agency has, whatever it is called today."""
    return OUTCOMES.get(agency.key, ANOTHER_AGENCY)


def add_first_agencies(sender: Any = None, **kwargs: Any) -> None:
    """Receiver of post_migrate: add those that are missing, and change none. An older state has no list yet."""
    if KnownAgency._meta.db_table not in connection.introspection.table_names():
        return
    KnownAgency.objects.bulk_create(
        [KnownAgency(key=agency_key(name), name=name, kind=kind) for name, kind in FIRST_AGENCIES.items()],
        ignore_conflicts=True,
    )

"""Verbs on the list of agencies. Administrators keep it; a lead's referral may propose an agency that is missing. What
says how to reach one counts once a second administrator has tried it: a lead rings there about a child."""

from typing import Any

from django.db import transaction

from consultation.access import refuse_for, require_permission, require_words
from consultation.agencies.models import AgencyStatus, KnownAgency, agency_key
from consultation.audit.audit_log import record_event

MANAGE = "consultation.manage_users"
NO_LETTERS = "Name the agency."


def find_listed_namesake(name: str, besides: str = "") -> KnownAgency | None:
    """The agency known to administrators that has this name, or had it when it came to the list."""
    known = KnownAgency.objects.kept_by_administrators().exclude(key=besides)
    return next((each for each in known if agency_key(name) in (each.key, agency_key(each.name))), None)


@transaction.atomic
def add_agency(*, by: Any, name: str, kind: str, reach: str = "") -> KnownAgency:
    """Put an agency on the list. One that leads alone knew becomes known to all, without a word about that."""
    _require_administrator(by)
    require_words(agency_key(name), NO_LETTERS)
    namesake = find_listed_namesake(name)
    refuse_for(f"It is on the list: {namesake.name} ({namesake.get_status_display()})." if namesake else "")
    made, _ = KnownAgency.objects.update_or_create(
        key=agency_key(name), defaults={"name": name.strip(), "kind": kind, "status": AgencyStatus.LISTED}
    )
    _ask_for_reach(made, reach.strip(), by)
    made.save()
    record_event("agency added", by=by, agency=made.key)
    return made


@transaction.atomic
def change_agency(*, agency: KnownAgency, by: Any, name: str, kind: str, reach: str, is_offered: bool) -> KnownAgency:
    """Change what is said of an agency, or whether it is offered. Its key stays, so nobody sees more or less of it."""
    _require_administrator(by)
    require_words(agency_key(name), NO_LETTERS)
    namesake = find_listed_namesake(name, besides=agency.key)
    refuse_for(f"Another one is called {namesake.name}." if namesake else "")
    fresh = KnownAgency.objects.kept_by_administrators().select_for_update().get(pk=agency.pk)
    renamed = by is not None and name.strip() != fresh.name
    fresh.name, fresh.kind = name.strip(), kind
    _ask_for_reach(fresh, reach.strip(), by, renamed=renamed)
    fresh.status = AgencyStatus.LISTED if is_offered else AgencyStatus.RETIRED
    fresh.save()
    record_event("agency changed", by=by, agency=fresh.key, offered=is_offered)
    return fresh


def _ask_for_reach(agency: KnownAgency, reach: str, by: Any, *, renamed: bool = False) -> None:
    """Let what is new wait for a second person, and all of it under a new name: nobody tried that it leads there. One person
    alone takes a wrong number down."""
    if not reach or by is None:
        agency.reach, agency.new_reach, agency.new_reach_by = reach, "", None
    elif reach != agency.reach or renamed:
        agency.new_reach, agency.new_reach_by = reach, by
    if renamed:
        agency.reach = ""


@transaction.atomic
def confirm_contact_details(*, agency: KnownAgency, seen: str, by: Any) -> None:
    """Show leads what another administrator entered and this one has tried. Raises NotAllowed."""
    fresh = _lock_new_reach(agency, seen, by)
    refuse_for("Somebody else tries what you entered." if fresh.new_reach_by == by else "")
    fresh.reach, fresh.new_reach, fresh.new_reach_by = fresh.new_reach, "", None
    fresh.save()
    record_event("agency reach confirmed", by=by, agency=fresh.key)


@transaction.atomic
def refuse_contact_details(*, agency: KnownAgency, seen: str, by: Any) -> None:
    """Drop what waits; who entered it may do so, too. Leads go on with the last."""
    fresh = _lock_new_reach(agency, seen, by)
    fresh.new_reach, fresh.new_reach_by = "", None
    fresh.save()
    record_event("agency reach refused", by=by, agency=fresh.key)


def _lock_new_reach(agency: KnownAgency, seen: str, by: Any) -> KnownAgency:
    """The agency, whose new words are what was looked at."""
    require_permission(by, MANAGE)
    fresh = KnownAgency.objects.kept_by_administrators().select_for_update(of=("self",)).get(pk=agency.pk)
    waits = fresh.new_reach and fresh.new_reach.splitlines() == seen.splitlines()
    refuse_for("" if waits else "This does not wait any more. Look again.")
    return fresh


def _require_administrator(by: Any) -> None:
    """`by=None` is the system: the demo's loader."""
    if by is not None:
        require_permission(by, MANAGE)


def name_agency(name: str, status: AgencyStatus) -> KnownAgency:
    """The agency of this name, or a new one. `store_agency` stores it later, together with the record that names it."""
    known = find_listed_namesake(name) or KnownAgency.objects.filter(key=agency_key(name)).first()
    return known or KnownAgency(key=agency_key(name), name=name.strip(), status=status)


def store_agency(agency: KnownAgency) -> KnownAgency:
    """The stored agency. One that a concern about staff named first stays confidential, whoever is referred there."""
    stored, _ = KnownAgency.objects.get_or_create(
        key=agency.key, defaults={"name": agency.name, "status": agency.status}
    )
    return stored

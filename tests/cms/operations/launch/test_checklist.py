"""The launch checklist: the site is live only when every line is in order, and each confirmation is recorded."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.operations.launch import actions, checklist_report, launch_items
from cms.operations.launch.live_state import is_live
from cms.operations.launch.models import Launch, LaunchTick
from consultation import readiness
from consultation.audit.models import AuditEntry
from consultation.readiness import ReadinessResult
from tests.domain_tables import CONTROLS


@pytest.fixture
def rooms(monkeypatch):
    """rooms(here=True, ...): what the rooms say of themselves, in place of all real checks."""
    said = {}

    def say(**found):
        said.update(found)

    def run(key):
        return lambda: ReadinessResult(said[key], f"{key} is {said[key]}.")

    made = {
        "keys": readiness.ReadinessCheck("keys", "Keys", run("keys")),
        "worker": readiness.ReadinessCheck("worker", "A worker", run("worker"), lapses=True),
        **{key: readiness.ReadinessCheck(key, key, run("keys")) for key in checklist_report.EXPECTED},
    }
    monkeypatch.setattr(checklist_report, "list_readiness_checks", made.values)
    say.checks = made
    say(keys=True, worker=True)
    return say


def tick_all(by, *, but=()):
    for key in sorted(launch_items.list_item_keys() - set(but)):
        actions.tick_item(item=key, checker="Farah, DPO", checked_on=timezone.localdate(), by=by)


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_the_headings_are_those_of_the_dpia():
    titles = [item.title for item in launch_items.list_launch_groups()[-1].items]
    assert titles == CONTROLS["dpia_headings"]


def test_every_key_of_the_checklist_is_there_once():
    every = [item.key for group in launch_items.list_launch_groups() for item in group.items]
    assert len(every) == len(set(every)) == len(launch_items.list_item_keys())
    assert not set(every) & {check.key for check in readiness.list_readiness_checks()}


def test_the_site_is_live_when_every_line_is_in_order(rooms, officer):
    tick_all(officer, but=["dpia-14"])
    actions.update_live_state()
    assert not is_live()
    actions.tick_item(item="dpia-14", checker="Farah, DPO", checked_on=timezone.localdate(), by=officer)
    actions.update_live_state(by=officer)
    assert is_live()
    assert verbs()[-1] == "site live"


def test_one_line_that_the_site_checks_keeps_it_closed(rooms, officer):
    rooms(worker=False)
    tick_all(officer)
    actions.update_live_state()
    assert not is_live()


def test_taking_a_tick_back_closes_the_site(rooms, officer, person):
    tick_all(officer)
    actions.update_live_state()
    actions.untick_item(tick=LaunchTick.objects.standing().get(item="restored"), by=person("administrator"))
    actions.update_live_state()
    assert not is_live()
    assert verbs()[-2:] == ["launch item unticked", "site not live any more"]
    assert AuditEntry.objects.get(verb="site not live any more").data == {"missing": ["restored"]}


def test_what_comes_and_goes_leaves_a_live_site_live(rooms, officer):
    tick_all(officer)
    actions.update_live_state()
    rooms(worker=False)
    actions.update_live_state()
    assert is_live()
    rooms(keys=False)
    actions.update_live_state()
    assert not is_live()


def test_a_line_that_no_room_answers_is_missing(rooms, officer):
    del rooms.checks["backup"]
    tick_all(officer)
    found = {row.key: row for row in checklist_report.list_checklist_rows(actions.update_live_state())}
    assert not found["backup"].ok
    assert found["backup"].says == "No room answers this yet."
    assert not is_live()


def test_a_check_that_breaks_hides_no_other(rooms, db):
    def broken():
        raise ZeroDivisionError("a child's name")

    rooms.checks["keys"] = readiness.ReadinessCheck("keys", "Keys", broken)
    found = {row.key: row for row in checklist_report.list_checklist_rows(checklist_report.list_checklist_sections())}
    assert found["keys"].says == "This could not be checked (ZeroDivisionError)."
    assert found["worker"].ok


def test_a_check_whose_query_fails_hides_no_other(rooms, db):
    """PostgreSQL refuses every query after one that failed, unless it is taken back alone."""
    depth = []

    def broken():
        depth.append(len(connection.savepoint_ids))
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    rooms.checks["keys"] = readiness.ReadinessCheck("keys", "Keys", broken)
    rows = {row.key: row for row in checklist_report.list_checklist_rows(actions.update_live_state())}
    assert rows["keys"].says.startswith("The database did not answer") and rows["worker"].ok
    assert depth[0] > len(connection.savepoint_ids) + 1, "in a savepoint of its own, inside that of looking"


def test_a_check_of_more_than_a_year_ago_is_none(officer):
    with pytest.raises(ValidationError, match="more than a year ago"):
        actions.tick_item(
            item="keys-kept", checker="Ingrid, IT", checked_on=timezone.localdate() - timedelta(days=366), by=officer
        )


def test_a_tick_keeps_who_when_and_what_they_found(officer):
    day = timezone.localdate() - timedelta(days=3)
    made = actions.tick_item(item="keys-kept", checker=" Ingrid, IT ", checked_on=day, note="Two safes.", by=officer)
    assert (made.checker, made.checked_on, made.note, made.ticked_by) == ("Ingrid, IT", day, "Two safes.", officer)
    assert verbs() == ["launch item ticked"]
    assert "Ingrid" not in str(list(AuditEntry.objects.values()))


def test_a_tick_needs_a_name_a_day_that_has_been_and_a_line_of_the_list(officer):
    today = timezone.localdate()
    for wrong in (
        {"item": "keys-kept", "checker": "", "checked_on": today},
        {"item": "keys-kept", "checker": "Ingrid", "checked_on": today + timedelta(days=1)},
        {"item": "no-such-line", "checker": "Ingrid", "checked_on": today},
    ):
        with pytest.raises(ValidationError):
            actions.tick_item(by=officer, **wrong)
    assert not LaunchTick.objects.exists()


def test_the_same_line_is_ticked_once_until_it_is_taken_back(officer):
    today = timezone.localdate()
    first = actions.tick_item(item="restored", checker="Ingrid", checked_on=today, by=officer)
    with pytest.raises(ValidationError):
        actions.tick_item(item="restored", checker="Ingrid", checked_on=today, by=officer)
    actions.untick_item(tick=first, by=officer)
    actions.tick_item(item="restored", checker="Ingrid", checked_on=today, by=officer)
    assert LaunchTick.objects.count() == 2


def test_the_database_knows_who_took_a_tick_back(officer):
    made = actions.tick_item(item="restored", checker="Ingrid", checked_on=timezone.localdate(), by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        LaunchTick.objects.filter(pk=made.pk).update(undone_on=timezone.localdate())


@pytest.mark.parametrize("role", ["moderator", "planner", "partner_viewer", "auditor"])
def test_ticking_without_permission(person, role):
    with pytest.raises(PermissionDenied):
        actions.tick_item(item="restored", checker="Ingrid", checked_on=timezone.localdate(), by=person(role))
    assert not LaunchTick.objects.exists()


@pytest.mark.parametrize("role", ["moderator", "planner", "partner_viewer", "auditor"])
def test_taking_back_without_permission(person, officer, role):
    made = actions.tick_item(item="restored", checker="Ingrid", checked_on=timezone.localdate(), by=officer)
    with pytest.raises(PermissionDenied):
        actions.untick_item(tick=made, by=person(role))
    assert LaunchTick.objects.standing().exists()


def test_looking_changes_nothing_while_nothing_changes(rooms, officer):
    actions.update_live_state()
    actions.update_live_state()
    assert Launch.objects.count() == 1
    assert verbs() == []

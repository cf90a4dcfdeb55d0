"""Agencies' promises and progress: permissions, permanence, pages."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from consultation.agencies.models import KnownAgency, agency_key
from insights.decisions.actions import publish_decision
from insights.decisions.agencies.action_plans import list_led_decisions
from insights.decisions.agencies.actions import add_action_items, set_action_plan, update_action_item
from insights.decisions.agencies.models import ActionItem, Agency, ItemUpdate
from insights.decisions.agencies.policies import belongs_to_agency
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision, LedgerEntry
from tests import factories

DUE = date(2027, 3, 1)
ITEMS = [
    {"agency": "City Council", "what": "Put up ten lights", "lead_role": "Lighting manager", "due": DUE},
    {"agency": "  city  council ", "what": "Cut back bushes"},
    {"agency": "Youth Trust", "what": "Walk there after dark"},
]


@pytest.fixture
def promised(decision, planner, colleague):
    set_action_plan(decision=decision, by=planner, items=ITEMS)
    return publish_decision(decision=decision, by=colleague)


@pytest.fixture
def trustee(db):
    return factories.staff(
        "trust@example.org", "insights.view_reports", "insights.update_action", agency="youth trust"
    )


@pytest.fixture
def lights(promised):
    return promised.items.get(what="Put up ten lights")


def test_a_plan_names_each_agency_once_and_stays_once_it_is_public(promised, planner, colleague):
    assert [agency.name for agency in Agency.objects.all()] == ["City Council", "Youth Trust"]
    with pytest.raises(ValidationError, match="stays"):
        set_action_plan(decision=promised, by=planner, items=[])
    add_action_items(decision=promised, by=planner, items=[{"agency": "Youth Trust", "what": "Tell us in May"}])
    assert promised.items.count() == 4
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        promised.items.all()._raw_delete("default")
    assert list_ledger_problems() == []
    assert list(LedgerEntry.objects.values_list("verb", flat=True).filter(verb__startswith="action")) == [
        "action plan written", "action added",
    ]  # fmt: skip


def test_an_action_that_was_changed_or_dropped_beside_the_ledger_is_named(promised, trustee):
    walk = promised.items.get(what="Walk there after dark")
    update_action_item(item=walk, by=trustee, status="started", words="Soon.")
    assert list_ledger_problems() == []
    ActionItem.objects.filter(pk=walk.pk).update(what="Sit there")
    assert list_ledger_problems() == [
        f"Action {walk.pk} of “lights-first” no longer says what ledger entry 4 recorded."
    ]
    ActionItem.objects.filter(pk=walk.pk).update(what=walk.what)
    made = ActionItem.objects.create(decision=promised, agency=walk.agency, what="Never promised")
    assert list_ledger_problems() == [f"Action {made.pk} of “lights-first” has no ledger entry."]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"agency": " "}, "agency"), ({"due": date(2026, 1, 1)}, "due"), ({"what": ""}, "what")],
)
def test_an_error_in_a_plan_names_its_row_and_field(decision, planner, given, field):
    with pytest.raises(ValidationError) as error:
        set_action_plan(decision=decision, by=planner, items=[ITEMS[0], ITEMS[2] | given])
    assert error.value.row == 1 and set(error.value.message_dict) == {field}
    assert not ActionItem.objects.exists()


def test_an_agency_tells_of_its_own_actions_alone_and_the_history_stays(promised, trustee, lights, planner, colleague):
    walk = promised.items.get(what="Walk there after dark")
    told = {"status": "started", "words": "We walked there on Monday.", "due": date(2027, 5, 1)}
    for person, item in ((trustee, lights), (planner, walk)):
        with pytest.raises(PermissionDenied):
            update_action_item(item=item, by=person, **told)
    update_action_item(item=walk, by=trustee, today=date(2026, 12, 1), **told)
    colleague.user_permissions.add(*trustee.user_permissions.all())
    update_action_item(
        item=lights, by=type(colleague).objects.get(pk=colleague.pk), status="done", words="They are up.", due=DUE
    )
    walk.refresh_from_db()
    (first,) = walk.updates.all()
    assert (walk.status, walk.due, first.due_was, first.moved) == ("started", date(2027, 5, 1), None, True)
    for change in (
        lambda: ItemUpdate.objects.update(words="No."),
        lambda: ItemUpdate.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert list_ledger_problems() == []


def test_an_update_says_something_and_keeps_a_day(promised, trustee):
    item = promised.items.get(what="Walk there after dark")
    update_action_item(item=item, by=trustee, status="started", words="Soon.", due=DUE)
    with pytest.raises(ValidationError) as error:
        update_action_item(item=item, by=trustee, status="started", words=" ")
    assert set(error.value.message_dict) == {"words", "due"}
    update_action_item(item=item, by=trustee, status="stopped", words="Nobody can walk there now.")


def test_a_draft_promises_nothing_yet(decision, planner, trustee, client):
    set_action_plan(decision=decision, by=planner, items=ITEMS)
    item = decision.items.first()
    with pytest.raises(PermissionDenied):
        update_action_item(item=item, by=trustee, status="done", words="Done.")
    client.force_login(planner)
    assert "No agency has promised anything yet" in client.get(reverse("insights:agencies")).content.decode()
    page = reverse("insights:action", args=[item.pk])
    assert client.get(page).status_code == 200, "whoever writes decisions"
    client.force_login(trustee)
    assert client.get(page).status_code == 404, "a draft is for those who decide"


def test_pages_show_what_is_overdue_and_take_an_update_without_losing_words(client, promised, trustee):
    walk = promised.items.get(what="Walk there after dark")
    ActionItem.objects.filter(pk=walk.pk).update(due=timezone.localdate() - timedelta(days=3))
    client.force_login(trustee)
    html = client.get(reverse("insights:agencies")).content.decode()
    assert "Your agency: Youth Trust" in html and "City Council" in html
    url = reverse("insights:agency", args=["youth-trust"])
    html = client.get(url, {"state": "overdue"}).content.decode()
    assert "Walk there after dark" in html and "Overdue" in html and promised.title in html
    assert "No action is like that" in client.get(url, {"state": "done"}).content.decode()
    page = reverse("insights:action", args=[walk.pk])
    assert "Nobody has said how it goes yet" in client.get(page).content.decode()
    html = client.post(page, {"status": "done", "words": "", "due": ""}).content.decode()
    assert "Error: " in html and 'value="done"' in html
    assert client.post(page, {"status": "done", "words": "We walked there.", "due": ""}).status_code == 302
    assert "We walked there." in client.get(page).content.decode()
    other = reverse("insights:action", args=[promised.items.get(what="Cut back bushes").pk])
    assert "Say how it goes" not in client.get(other).content.decode()
    assert client.post(other, {"status": "done", "words": "Ours."}).status_code == 403


def rename(name, to):
    KnownAgency.objects.filter(key=agency_key(name)).update(name=to)


def test_an_agency_that_is_renamed_keeps_its_plan_its_people_and_its_decisions(decision, planner, colleague, trustee):
    set_action_plan(decision=decision, by=planner, items=ITEMS)
    public = publish_decision(decision=decision, by=colleague)
    walk = public.items.get(what="Walk there after dark")
    assert walk.agency.list_key == trustee.agency_id == "youthtrust"
    Decision.objects.filter(pk=public.pk).update(agency="Youth Trust")
    rename("Youth Trust", "Young People First")
    trustee = type(trustee).objects.get(pk=trustee.pk)
    assert update_action_item(item=walk, by=trustee, status="started", words="Soon.")
    add_action_items(decision=public, by=planner, items=[{"agency": "Young People First", "what": "Tell us in May"}])
    assert list(public.items.values_list("agency__name", flat=True)) == [
        "City Council", "City Council", "Youth Trust", "Youth Trust",
    ]  # fmt: skip
    rename("Youth Trust", "Youth Together")
    set_back = Agency.objects.get(name="Youth Trust")
    assert list(list_led_decisions(set_back)) == [public]
    assert belongs_to_agency(type(trustee).objects.get(pk=trustee.pk), set_back)


def test_a_plan_that_names_an_agency_by_its_new_name_is_that_agencys(decision, planner, trustee):
    rename("Youth Trust", "Young People First")
    set_action_plan(decision=decision, by=planner, items=[{"agency": "Young People First", "what": "Walk there"}])
    rename("Youth Trust", "Youth Together")
    assert belongs_to_agency(trustee, Agency.objects.get())


def test_an_agency_that_comes_to_the_list_later_has_its_plan(promised, trustee):
    assert Agency.objects.get(name="Youth Trust").list_key == ""
    assert belongs_to_agency(trustee, Agency.objects.get(name="Youth Trust"))
    assert not belongs_to_agency(trustee, Agency.objects.get(name="City Council"))

"""The staff menu of each role is short, ordered by use, and complete."""

import pytest
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from cms.staff.menu import GROUPS

pytestmark = pytest.mark.any_database

NAMED = {name for _, _, _, names in GROUPS for name in names}


@pytest.fixture
def menu_of(rf, home, person):
    def made(role):
        request = rf.get("/staff/")
        request.user = person(role)
        return request, admin_menu.menu_items_for_request(request)

    return made


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead", "administrator"])
def test_each_door_that_a_role_may_open_stands_there_once(menu_of, role):
    request, items = menu_of(role)
    inside = [door for item in items if isinstance(item, SubmenuMenuItem) for door in item.menu.registered_menu_items]
    shown = [item.name for item in [*items, *inside]]
    may = {item.name for item in admin_menu.registered_menu_items if item.is_shown(request)}
    assert may <= set(shown) and len(shown) == len(set(shown))


def test_an_officers_menu_is_short(menu_of):
    _, items = menu_of("engagement_officer")
    labels = [item.label for item in sorted(items, key=lambda item: item.order)]
    assert len(labels) <= 15, labels
    assert labels[:2] == ["Consultations", "Start a consultation"]
    assert {"Questions and words", "While it runs"} <= set(labels)


def test_every_door_of_a_group_exists(home):
    assert {item.name for item in admin_menu.registered_menu_items} >= NAMED

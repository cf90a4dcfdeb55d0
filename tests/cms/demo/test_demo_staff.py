"""The demo's staff: a login for each role, and a reader whose role awaits a second administrator."""

import pytest

from cms.accounts.actions import confirm_role
from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import roles_of, sync_roles
from cms.demo.demo_staff import load_demo_staff

pytestmark = pytest.mark.django_db


def test_one_reader_waits_for_the_second_administrator_however_often_it_is_loaded(settings):
    settings.DEMO = True
    sync_roles()
    load_demo_staff()
    staff = load_demo_staff()
    waiting = RoleRequest.objects.current().get()
    rosa = User.objects.get(email="reader3@example.org")
    assert (waiting.person, waiting.role, waiting.asked_by) == (rosa, "moderator", staff["administrator1"])
    assert roles_of(rosa) == [] and not rosa.has_usable_password()
    confirm_role(request=waiting, by=staff["administrator2"])
    assert [role.name for role in roles_of(User.objects.get(pk=rosa.pk))] == ["moderator"]

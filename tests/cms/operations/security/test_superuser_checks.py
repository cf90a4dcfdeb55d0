"""Nobody is a superuser: no command, form or role gives that right."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from cms.accounts import roles
from cms.accounts.models import User
from cms.operations.security import superuser_checks


def test_a_superuser_cannot_be_made_by_the_command(home):
    with pytest.raises(CommandError, match="Nobody is a superuser here"):
        call_command("createsuperuser", "--noinput", "--email", "root@staff.test")
    assert not User.objects.filter(email="root@staff.test").exists()


def test_a_superuser_cannot_be_made_in_code_or_by_hand(person):
    sam = person("administrator")
    with pytest.raises(TypeError):
        User.objects.create_superuser("root@staff.test", "a long password")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=sam.pk).update(is_superuser=True)


def test_the_check_finds_a_superuser_all_the_same(person, monkeypatch):
    class Found:
        def using(self, alias):
            return self

        def filter(self, **asked):
            assert asked == {"is_superuser": True}
            return self

        def exists(self):
            return True

    person("planner")
    assert superuser_checks.check_no_superuser(None, databases=["default"]) == []
    monkeypatch.setattr(User, "objects", Found())
    (found,) = superuser_checks.check_no_superuser(None, databases=["default"])
    assert found.id == "cms.E002"


def test_a_role_that_gives_rights_away_is_found(monkeypatch):
    assert superuser_checks.check_roles_give_no_rights(None) == []
    greedy = roles.Role(name="greedy", label="Greedy", start="/", permissions=frozenset({"auth.change_group"}))
    monkeypatch.setitem(roles.ROLES, "greedy", greedy)
    (found,) = superuser_checks.check_roles_give_no_rights(None)
    assert "greedy holds auth.change_group" in found.msg

import re

import pytest
from django.core.management import CommandError, call_command

from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import roles_of


def test_the_first_administrator_sets_a_password_by_the_link(home, capsys, client):
    call_command("create_administrator", "ada@staff.test", "Ada Mensah")
    ada = User.objects.get(email="ada@staff.test")
    assert [role.name for role in roles_of(ada)] == ["administrator"]
    path = re.search(r"https?://[^/]+(/accounts/\S+)", capsys.readouterr().out).group(1)
    form = client.get(path, follow=True)
    words = "a long walk by the canal"
    answer = client.post(form.redirect_chain[-1][0], {"password1": words, "password2": words})
    assert answer.status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(words)


def test_the_same_administrator_twice_is_an_error(home):
    call_command("create_administrator", "ada@staff.test")
    with pytest.raises(CommandError):
        call_command("create_administrator", "ada@staff.test")


def test_somebody_with_an_account_and_no_role_is_made_administrator_again(home, person, capsys):
    """Who lost the role with a second factor, or with a restored backup, where no other administrator can confirm it."""
    ada = person(email="ada@staff.test")
    RoleRequest.objects.create(person=ada, role="administrator", as_of="2026-06-03")
    call_command("create_administrator", "Ada@staff.test")
    assert [role.name for role in roles_of(ada)] == ["administrator"]
    assert "/accounts/password/reset/key/" in capsys.readouterr().out and not RoleRequest.objects.exists()

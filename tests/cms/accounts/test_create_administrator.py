import re

import pytest
from django.core.management import CommandError, call_command

from cms.accounts.models import User
from cms.roles import roles_of


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

"""Two administrators act at the same moment on PostgreSQL."""

import pytest

from cms.accounts import actions
from cms.accounts.models import User
from cms.accounts.roles import roles_of
from tests.at_once import meet_in, together
from tests.databases import only_on_postgresql


@pytest.mark.django_db(transaction=True)
@only_on_postgresql("that of two roles that clash, confirmed at once, one is given")
def test_of_two_roles_that_clash_and_are_confirmed_at_once_one_is_given(administrator, person, monkeypatch):
    """Each was looked at beside the roles that were held before: a planner read raw words."""
    sam, seconds = person(), [person("administrator"), person("administrator")]
    asked = [actions.ask_for_role(person=sam, role=role, by=administrator) for role in ("moderator", "planner")]
    meet_in(monkeypatch, (actions, "record_event"))  # behind the look at the roles, before the transaction ends
    done = together(
        *(
            lambda request=request, by=by: actions.confirm_role(request=request, by=by)
            for request, by in zip(asked, seconds, strict=True)
        )
    )
    assert len(roles_of(User.objects.get(pk=sam.pk))) == 1
    assert done.count(None) == 1 and "cannot be held together" in "".join(filter(None, done))

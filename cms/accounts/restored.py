"""After a restore. The database of that day says who could do what on that day, and nothing of what was taken away since:
a role, a password that somebody else knew, a lost key, a session on a stolen laptop. A list beside the backup could not
be relied on to say it: it is minutes old, and may be lost with the same disk. So nothing that opens an account lives
again, and each role waits until an administrator who knows the people says that they still have it.
"""

from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from wagtail.models import APIToken

from cms.accounts import sessions
from cms.accounts.models import RoleRequest, User
from cms.api.models import ApiClient
from cms.roles import roles_of
from consultation.audit.log import record


@transaction.atomic
def suspend_all(*, as_of: date) -> dict[str, int]:
    """How many of each: sessions ended, roles that wait."""
    ended = sessions.end_everybodys()
    Authenticator.objects.all().delete()
    SocialAccount.objects.all().delete()  # joined again by the next sign-in with a checked address
    APIToken.objects.all().delete()
    # A program's token may have been taken back since: an administrator makes a new one.
    ApiClient.objects.filter(revoked_on=None).update(revoked_on=timezone.localdate())
    RoleRequest.objects.all().delete()  # one of them may have been refused since
    for person in User.objects.filter(is_active=True):
        _suspend(person, as_of)
    return {"sessions": ended, "roles": RoleRequest.objects.count()}


def _suspend(person: User, as_of: date) -> None:
    for role in roles_of(person):
        RoleRequest.objects.create(person=person, role=role.name, as_of=as_of)
        record("role suspended", obj=person, role=role.name)
    person.groups.clear()
    User.objects.filter(pk=person.pk).update(password=make_password(None))

"""Suspends all accounts after a restore.

A restored database would also restore access that was revoked since: a role, a leaked password, a lost key, a session
on a stolen laptop. A list beside the backup may be stale or lost with the same disk. So every credential is deleted,
and each role waits for an administrator's confirmation.
"""

from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction
from wagtail.models import APIToken

from cms.accounts import staff_sessions
from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import roles_of
from cms.accounts.signals import accounts_suspended
from consultation.audit.audit_log import record_event


@transaction.atomic
def suspend_all_accounts(*, as_of: date) -> dict[str, int]:
    """Returns the numbers of ended sessions and of roles that wait for confirmation."""
    ended = staff_sessions.delete_all_sessions()
    Authenticator.objects.all().delete()
    SocialAccount.objects.all().delete()  # reconnected at the next sign-in with a verified address
    APIToken.objects.all().delete()
    accounts_suspended.send(User)
    RoleRequest.objects.all().delete()  # any of them may have been refused since
    for person in User.objects.filter(is_active=True):
        for role in roles_of(person):
            RoleRequest.objects.create(person=person, role=role.name, as_of=as_of)
            record_event("role suspended", obj=person, role=role.name)
        person.groups.clear()
        User.objects.filter(pk=person.pk).update(password=make_password(None))
    return {"sessions": ended, "roles": RoleRequest.objects.count()}

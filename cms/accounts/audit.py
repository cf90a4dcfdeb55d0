"""Audit lines for sign-ins and second factors: ids only, never the typed e-mail address or the network address."""

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

from cms.accounts.models import User
from consultation.audit.log import record


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("signed in", by=user, obj=user)
    ways = [step.get("type") for step in request.session.get("account_authentication_methods", [])]
    if "recovery_codes" in ways:
        record("recovery code used", by=user, obj=user)


@receiver(user_login_failed)
def sign_in_failed(sender, credentials, **kwargs):
    """Names the account that was tried, if there is one."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    record("sign-in failed", obj=User.objects.filter(email__iexact=email).first())


@receiver(authentication_failed)
def second_factor_failed(sender, user, **kwargs):
    record("second factor failed", obj=user)


def _kind(authenticator):
    return str(authenticator.type)


@receiver(authenticator_added)
def second_factor_added(sender, user, authenticator, **kwargs):
    record("second factor added", by=user, obj=user, kind=_kind(authenticator))


@receiver(authenticator_removed)
def second_factor_removed(sender, user, authenticator, **kwargs):
    record("second factor removed", by=user, obj=user, kind=_kind(authenticator))


@receiver(authenticator_reset)
def second_factor_reset(sender, user, authenticator, **kwargs):
    record("second factor made anew", by=user, obj=user, kind=_kind(authenticator))


@receiver([password_changed, password_reset, password_set])
def password_set_anew(sender, user, **kwargs):
    record("password changed", by=user, obj=user)

"""Audit lines for sign-ins and second factors: ids only, never the typed e-mail address or the network address."""

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

from cms.accounts.models import User
from consultation.audit.audit_log import record_event


@receiver(user_logged_in)
def record_sign_in(sender, request, user, **kwargs):
    record_event("signed in", by=user, obj=user)
    ways = [step.get("type") for step in request.session.get("account_authentication_methods", [])]
    if "recovery_codes" in ways:
        record_event("recovery code used", by=user, obj=user)


@receiver(user_login_failed)
def record_failed_sign_in(sender, credentials, **kwargs):
    """Names the account that was tried, if there is one."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    record_event("sign-in failed", obj=User.objects.filter(email__iexact=email).first())


@receiver(authentication_failed)
def record_failed_second_factor(sender, user, **kwargs):
    record_event("second factor failed", obj=user)


def _factor_type(authenticator):
    return str(authenticator.type)


@receiver(authenticator_added)
def record_added_second_factor(sender, user, authenticator, **kwargs):
    record_event("second factor added", by=user, obj=user, kind=_factor_type(authenticator))


@receiver(authenticator_removed)
def record_removed_second_factor(sender, user, authenticator, **kwargs):
    record_event("second factor removed", by=user, obj=user, kind=_factor_type(authenticator))


@receiver(authenticator_reset)
def record_renewed_second_factor(sender, user, authenticator, **kwargs):
    record_event("second factor made anew", by=user, obj=user, kind=_factor_type(authenticator))


@receiver([password_changed, password_reset, password_set])
def record_password_change(sender, user, **kwargs):
    record_event("password changed", by=user, obj=user)

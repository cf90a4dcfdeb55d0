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


SECOND_FACTOR_VERBS = {
    authenticator_added: "second factor added",
    authenticator_removed: "second factor removed",
    authenticator_reset: "second factor made anew",
}


@receiver(list(SECOND_FACTOR_VERBS))
def record_changed_second_factor(sender, signal, user, authenticator, **kwargs):
    record_event(SECOND_FACTOR_VERBS[signal], by=user, obj=user, kind=str(authenticator.type))


@receiver([password_changed, password_reset, password_set])
def record_password_change(sender, user, **kwargs):
    record_event("password changed", by=user, obj=user)

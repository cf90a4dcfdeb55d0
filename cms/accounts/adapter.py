"""Adapters of allauth: no open sign-up, plain words, second-factor secrets sealed at rest."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.shortcuts import render

from cms.accounts.models import User
from cms.accounts.second_factor_sealing import open_secret, seal_secret
from consultation.audit.audit_log import record_event


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "There were too many tries for this account. Wait five minutes, then try again. "
        "A passkey opens it at once.",
        "email_password_mismatch": "The address and the password do not go together. Check both, and try again.",
        "account_inactive": "This account is not open. An administrator can tell you more.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Signed with the product's name, not with the host's."""
        super().send_mail(template_prefix, email, context | {"site_name": settings.WAGTAIL_SITE_NAME})

    def get_client_ip(self, request):
        """The peer address alone: anyone can forge a forwarding header."""
        return request.META.get("REMOTE_ADDR") or "unknown"

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One count of attempts per account. allauth's key includes the host header, so each forged port would
        have granted five more attempts.
        """
        return (credentials.get("email") or credentials.get("username") or "").lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not fit. A new one shows every 30 seconds: try with that."
    }

    def encrypt(self, text):
        return seal_secret(text)

    def decrypt(self, encrypted_text):
        return open_secret(encrypted_text)


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    """A work account proves identity only. Roles are given here: its groups and claims are ignored."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """The first sign-in matches by an e-mail address that the employer verified, later ones by the user id."""
        person = None if sociallogin.is_existing else _find_account_by_checked_email(sociallogin)
        if person is not None:
            sociallogin.connect(request, person)
            record_event("work account joined", by=person, obj=person)
        if not sociallogin.is_existing:
            record_event("sign-in failed", way="work account")
            raise ImmediateHttpResponse(show_work_account_refusal(request))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(show_work_account_refusal(request, broken=True))

    def populate_user(self, request, sociallogin, data):
        """Keep the name that an administrator entered."""
        return sociallogin.user


def _find_account_by_checked_email(sociallogin):
    """An active account with that address and no work account yet: an address can pass to another person."""
    checked = [address.email for address in sociallogin.email_addresses if address.verified]
    for person in User.objects.filter(is_active=True, email__in=[email.lower() for email in checked]):
        if not SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider).exists():
            return person
    return None


def show_work_account_refusal(request, *, broken=False):
    return render(request, "account/work_account_refused.html", {"broken": broken}, status=403)

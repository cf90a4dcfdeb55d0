"""Adapters of allauth: no open sign-up, plain words, second-factor secrets sealed at rest."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.shortcuts import render
from django.template.loader import render_to_string

from cms.accounts.account_invitations import build_staff_address
from cms.accounts.known_devices import find_device_of_sign_in
from cms.accounts.models import User
from cms.accounts.second_factor_sealing import open_secret, seal_secret
from consultation.audit.audit_log import record_event

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "There were too many tries from here. Wait five minutes, then try again. "
        "A passkey opens it at once.",
        "email_password_mismatch": "The address and the password do not go together. Check both, and try again.",
        "account_inactive": "This account is not open. An administrator can tell you more.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Nothing of the request is in a mail: neither the host that it named nor a network address."""
        given = {"site_name": settings.WAGTAIL_SITE_NAME, "sign_in": build_staff_address(settings.LOGIN_URL)}
        self.render_mail(template_prefix, email, context | given | {"request": None}).send()

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the owner, in the words of the page, that what opens the account has changed. A mail server that is away
        undoes no change."""
        change = render_to_string(f"{template_prefix.replace('/email/', '/messages/')}.txt", context or {})
        try:
            self.send_mail("account/email/account_changed", user.email, {"change": change.strip()})
        except OSError as error:  # smtplib's errors are OSErrors
            logger.error("a mail about an account was not sent: %s", type(error).__name__)

    def get_client_ip(self, request):
        """What tries are counted by: a known device by itself, whoever shares its address; else the address, which our own
        proxy names for pages of sign-in. From any other proxy anyone can forge a forwarding header.
        """
        proxied = request.META.get("HTTP_X_REAL_IP") if settings.PROXY_LIMITS else None
        return find_device_of_sign_in(request) or proxied or request.META.get("REMOTE_ADDR") or "unknown"

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One count of attempts per account and address, so that nobody keeps the owner out from elsewhere. allauth's key
        includes the host header, so each forged port would have granted five more attempts.
        """
        account = (credentials.get("email") or credentials.get("username") or "").lower()
        return f"{account} from {get_ip(request)}"


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

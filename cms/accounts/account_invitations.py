"""The link with which a colleague sets a password: to their own address alone, valid once, for three days."""

import logging
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import PasswordLinkRequest, User

TRIED_FOR = timedelta(hours=1)  # how long a mail server may be away; then the person asks again
logger = logging.getLogger(__name__)


def site_sends_mail() -> bool:
    """Whether the site has a mail server: EMAIL_HOST is empty where there is none."""
    return settings.SENDS_MAIL


def build_staff_address(path: str) -> str:
    """The address of a staff page, from the settings alone: no header of a request changes where a link leads."""
    host = f"https://{settings.STAFF_HOST}" if settings.STAFF_HOST else settings.SITE_URL.rstrip("/")
    return host + path


def build_password_link(person: User) -> str:
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return build_staff_address(reverse("account_reset_password_from_key", kwargs=key))


def mail_or_show_password_link(person: User, *, lost_factor: bool = False) -> str:
    """Mail the link to the person's own address and return ""; return it where the site sends no mail.

    OSError: the mail server did not take it. Never within a transaction: a slow mail server would hold up each Send.
    """
    if not site_sends_mail():
        return build_password_link(person)
    words = {"password_link": build_password_link(person), "lost_factor": lost_factor}
    get_adapter().send_mail("account/email/invitation", person.email, words)
    return ""


def ask_for_password_link(person: User | None) -> None:
    """Keep that a link was asked for, for an address that nobody has, too: the same row in the same time."""
    PasswordLinkRequest.objects.create(person=person)


def mail_asked_password_links() -> None:
    """Sweep: mail the links that were asked for. One that no mail server takes is tried again for TRIED_FOR."""
    for asked in PasswordLinkRequest.objects.select_related("person").order_by("pk"):
        try:
            _mail_asked_link(asked.person)
        except Exception as error:  # noqa: BLE001  one address that no mail can name stops nobody else's
            logger.error("a link to set a password was not mailed: %s", type(error).__name__)
            if timezone.now() - asked.asked_at < TRIED_FOR:
                continue
        asked.delete()


def _mail_asked_link(person: User | None) -> None:
    """To the address of the account: what was typed may only look like it."""
    if person is not None and person.is_active:
        link = {"password_link": build_password_link(person)}
        get_adapter().send_mail("account/email/password_reset_key", person.email, link)

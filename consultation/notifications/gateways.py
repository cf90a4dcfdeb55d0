"""The channels of a notification. Each takes an address and a text, and raises OSError when nothing left."""

import json
import urllib.request
from collections.abc import Callable

from django.conf import settings
from django.core.mail import send_mail

TIMEOUT = 10  # seconds


def send_email(address: str, text: str) -> None:
    """The first line is the subject."""
    if not send_mail(text.partition("\n")[0], text, None, [address]):
        raise OSError("the mail server took no message")


def send_text_message(phone: str, text: str) -> None:
    """By the HTTP API of an SMS gateway: a POST of {"to", "text"} as JSON with a bearer token."""
    if not settings.SMS_GATEWAY_URL:
        raise OSError("no SMS gateway is set")
    request = urllib.request.Request(  # noqa: S310 (the address is an operator's setting)
        settings.SMS_GATEWAY_URL,
        data=json.dumps({"to": phone, "text": text}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}"},
    )
    urllib.request.urlopen(request, timeout=TIMEOUT).close()  # noqa: S310 (errors are OSErrors)


GATEWAYS: dict[str, Callable[[str, str], None]] = {"email": send_email, "text": send_text_message}

"""The link with which a new colleague sets a password: handed over in person, valid once, for three days."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse


def build_password_link(person):
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    host = f"https://{settings.STAFF_HOST}" if settings.STAFF_HOST else settings.SITE_URL
    return host + reverse("account_reset_password_from_key", kwargs=key)

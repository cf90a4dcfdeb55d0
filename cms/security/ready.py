"""Readiness checks: production settings, keys, host names, HTTPS."""

from django.conf import settings
from nacl.exceptions import CryptoError

from consultation.ready import Found, check
from consultation.responses import vault

MACHINE = "How the machine is set up"


@check("settings", "The site runs with production's settings", group=MACHINE)
def production() -> Found:
    if settings.DEBUG or getattr(settings, "DEMO", False):
        return Found(False, "This is a demo or a laptop. Set DJANGO_SETTINGS_MODULE=cms.settings.production.")
    return Found(True, "Neither a demo nor debugging.")


@check("keys", "The keys are set, long enough, and belong together", group=MACHINE, lapses=True)
def keys() -> Found:
    if len(settings.SECRET_KEY) < 50:
        return Found(False, "SECRET_KEY is shorter than 50 letters.")
    if not settings.ANSWER_SEAL_KEY:
        return Found(False, "ANSWER_SEAL_KEY is not set: no answer could be sealed.")
    if not settings.ANSWER_OPEN_KEYS:
        return Found(False, "This process holds no key that opens answers. Look at this page on the staff host.")
    try:
        opened = vault.open_sealed(vault.seal("a line to try the keys")) == "a line to try the keys"
    except (CryptoError, vault.VaultLocked):
        opened = False
    return Found(
        opened,
        "What is sealed here can be opened." if opened else "ANSWER_OPEN_KEYS do not open what ANSWER_SEAL_KEY seals.",
    )


@check("hosts", "The site knows its names, and staff have a host of their own", group=MACHINE)
def hosts() -> Found:
    public = settings.SITE_URL.partition("//")[2].partition(":")[0].partition("/")[0]
    if "*" in settings.ALLOWED_HOSTS:
        return Found(False, "ALLOWED_HOSTS lets any name in.")
    if not settings.STAFF_HOST:
        return Found(False, "STAFF_HOST is not set: staff pages answer on the public name.")
    if public == settings.STAFF_HOST:
        return Found(False, "STAFF_HOST is the public name. Staff need a host of their own.")
    return Found(True, f"{public} for the public, {settings.STAFF_HOST} for staff.")


@check("https", "Everything goes over HTTPS, cookies too", group=MACHINE)
def https() -> Found:
    wrong = [
        name
        for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
        if not getattr(settings, name, False)
    ]
    if not settings.SITE_URL.startswith("https://"):
        wrong.append("SITE_URL without https")
    return Found(
        not wrong, f"Not set: {', '.join(wrong)}." if wrong else "Browsers are told to ask nothing else for two years."
    )

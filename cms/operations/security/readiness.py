"""Readiness checks: production settings, keys, host names, HTTPS."""

from django.conf import settings
from nacl.exceptions import CryptoError

from consultation.readiness import ReadinessResult, readiness_check
from consultation.responses import vault

MACHINE = "How the machine is set up"


@readiness_check("settings", "The site runs with production's settings", group=MACHINE)
def check_production_settings() -> ReadinessResult:
    if settings.DEBUG or getattr(settings, "DEMO", False):
        return ReadinessResult(
            False, "This is a demo or a laptop. Set DJANGO_SETTINGS_MODULE=cms.settings.production."
        )
    return ReadinessResult(True, "Neither a demo nor debugging.")


@readiness_check("keys", "The keys are set, long enough, and belong together", group=MACHINE, lapses=True)
def check_keys() -> ReadinessResult:
    if len(settings.SECRET_KEY) < 50:
        return ReadinessResult(False, "SECRET_KEY is shorter than 50 letters.")
    if not settings.ANSWER_SEAL_KEY:
        return ReadinessResult(False, "ANSWER_SEAL_KEY is not set: no answer could be sealed.")
    if not settings.ANSWER_OPEN_KEYS:
        return ReadinessResult(
            False, "This process holds no key that opens answers. Look at this page on the staff host."
        )
    if len(settings.RECORD_KEY_SECRET) < 40:
        return ReadinessResult(False, "RECORD_KEY_SECRET is not set, or shorter than 40 letters.")
    try:
        opened = vault.open_sealed_text(vault.seal_text("a line to try the keys")) == "a line to try the keys"
    except (CryptoError, vault.VaultLocked):
        opened = False
    return ReadinessResult(
        opened,
        "What is sealed here can be opened." if opened else "ANSWER_OPEN_KEYS do not open what ANSWER_SEAL_KEY seals.",
    )


@readiness_check("hosts", "The site knows its names, and staff have a host of their own", group=MACHINE)
def check_hosts() -> ReadinessResult:
    public = settings.SITE_URL.partition("//")[2].partition(":")[0].partition("/")[0]
    if "*" in settings.ALLOWED_HOSTS:
        return ReadinessResult(False, "ALLOWED_HOSTS lets any name in.")
    if not settings.STAFF_HOST:
        return ReadinessResult(False, "STAFF_HOST is not set: staff pages answer on the public name.")
    if public == settings.STAFF_HOST:
        return ReadinessResult(False, "STAFF_HOST is the public name. Staff need a host of their own.")
    return ReadinessResult(True, f"{public} for the public, {settings.STAFF_HOST} for staff.")


@readiness_check("https", "Everything goes over HTTPS, cookies too", group=MACHINE)
def check_https() -> ReadinessResult:
    wrong = [
        name
        for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
        if not getattr(settings, name, False)
    ]
    if not settings.SITE_URL.startswith("https://"):
        wrong.append("SITE_URL without https")
    return ReadinessResult(
        not wrong, f"Not set: {', '.join(wrong)}." if wrong else "Browsers are told to ask nothing else for two years."
    )

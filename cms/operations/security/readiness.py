"""Readiness checks: production settings, keys, host names, HTTPS."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl.exceptions import CryptoError

from consultation.readiness import ReadinessResult, readiness_check
from consultation.responses import vault

MACHINE = "How the machine is set up"
MAKE_KEYS = "`voice answer_key` makes one."
MEND_HOSTS = "Set ALLOWED_HOSTS to the two names alone, STAFF_HOST to that of staff, and SITE_URL to the public one."


@readiness_check("settings", "The site runs with production's settings", group=MACHINE)
def check_production_settings() -> ReadinessResult:
    if settings.DEBUG or getattr(settings, "DEMO", False):
        return ReadinessResult(
            False, "This is a demo or a laptop.", "Set DJANGO_SETTINGS_MODULE=cms.settings.production and restart."
        )
    return ReadinessResult(True, "Neither a demo nor debugging.")


@readiness_check("keys", "The keys are set, long enough, and belong together", group=MACHINE, lapses=True)
def check_keys() -> ReadinessResult:
    if len(settings.SECRET_KEY) < 50:
        return ReadinessResult(False, "The key of the site is too short.", "Make SECRET_KEY 50 letters or longer.")
    if not settings.ANSWER_SEAL_KEY:
        return ReadinessResult(False, "No answer could be sealed.", f"Set ANSWER_SEAL_KEY. {MAKE_KEYS}")
    if not settings.ANSWER_OPEN_KEYS:
        return ReadinessResult(
            False,
            "This process holds no key that opens answers. Look at this page on the staff host.",
            "Set ANSWER_OPEN_KEYS in voice-keys.env, for the staff site and the workers.",
        )
    if len(settings.RECORD_KEY_SECRET) < 40:
        return ReadinessResult(
            False,
            "The secret behind released figures is missing, or too short.",
            f"Set RECORD_KEY_SECRET. {MAKE_KEYS}",
        )
    opened = belong_together(settings.ANSWER_SEAL_KEY, settings.ANSWER_OPEN_KEYS)
    return ReadinessResult(
        opened,
        "What is sealed here can be opened." if opened else "What is sealed here cannot be opened here.",
        "Set ANSWER_OPEN_KEYS and ANSWER_SEAL_KEY to the halves of one pair. Until then no answer can be read.",
    )


def belong_together(seal_key: str, open_keys: list[str]) -> bool:
    """Whether one of these keys opens what is sealed to that one."""
    try:
        return vault.opens_sealed_by(seal_key, open_keys)
    except (CryptoError, ImproperlyConfigured):  # no key at all
        return False


@readiness_check("hosts", "The site knows its names, and staff have a host of their own", group=MACHINE)
def check_hosts() -> ReadinessResult:
    public, staff = urlsplit(settings.SITE_URL).hostname or "", settings.STAFF_HOST.lower()
    if "*" in settings.ALLOWED_HOSTS:
        return ReadinessResult(False, "The site answers to any name.", MEND_HOSTS)
    if not settings.STAFF_HOST:
        return ReadinessResult(False, "Staff pages answer on the public name.", MEND_HOSTS)
    if public == staff:
        return ReadinessResult(False, "Staff need a name of their own.", MEND_HOSTS)
    if missing := {public, staff} - {host.lower() for host in settings.ALLOWED_HOSTS}:
        return ReadinessResult(False, f"Pages of {' and '.join(sorted(missing))} are refused to everyone.", MEND_HOSTS)
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
        not wrong,
        "Pages or cookies may travel in clear." if wrong else "Browsers are told to ask nothing else for two years.",
        f"Not set: {', '.join(wrong)}. Take SSL_REDIRECT out of voice.env, and write SITE_URL with https.",
    )

"""Readiness checks on staff: enough people per role, second factors, no demo logins, no pending role request."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from cms.accounts.models import RoleRequest, User
from consultation.ready import Found, check

PEOPLE = "Who works here"
# Decisions of two people need two accounts.
NEEDED = {
    "administrator": (2, "administrators"),
    "safeguarding_lead": (2, "safeguarding leads"),
    "engagement_officer": (2, "engagement officers"),
    "moderator": (2, "readers"),
    "auditor": (1, "auditor"),
}
EXAMPLE = "@example.org"


def staff():
    return User.objects.filter(is_active=True)


@check("people", "There are enough people for what two people decide", group=PEOPLE)
def enough() -> Found:
    missing = []
    for role, (number, words) in NEEDED.items():
        has = staff().filter(groups__name=role).count()
        if has < number:
            missing.append(f"{has} of {number} {words}")
    return Found(not missing, f"There are {', '.join(missing)}." if missing else "Each role has enough people.")


@check("factors", "Everybody who has a role signs in with a second factor", group=PEOPLE)
def factors() -> Found:
    if not settings.STAFF_NEED_MFA:
        return Found(False, "STAFF_NEED_MFA is off: a password alone opens the desk.")
    strong = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    without = staff().filter(groups__isnull=False).exclude(Exists(strong)).distinct().count()
    return Found(
        not without, f"{without} still to set one up; until then no page opens to them." if without else "All of them."
    )


@check("demo-logins", "No login of the demo is left", group=PEOPLE)
def no_demo_logins() -> Found:
    left = staff().filter(email__endswith=EXAMPLE).count()
    return Found(not left, f"{left} accounts end in {EXAMPLE}: close them." if left else "None.")


@check("role-requests", "No role waits for a second administrator", group=PEOPLE, lapses=True)
def nothing_waits() -> Found:
    waiting = RoleRequest.objects.current().count()
    return Found(not waiting, f"{waiting} waiting on the page People." if waiting else "None.")

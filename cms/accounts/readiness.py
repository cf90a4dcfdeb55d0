"""Readiness checks on staff: enough people per role, second factors, no demo logins, no pending role request."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import find_clash, roles_of
from consultation.readiness import ReadinessResult, readiness_check

PEOPLE = "Who works here"
# Decisions of two people need two accounts.
REQUIRED_STAFF = {
    "administrator": (2, "administrators"),
    "safeguarding_lead": (2, "safeguarding leads"),
    "engagement_officer": (2, "engagement officers"),
    "moderator": (2, "readers"),
    "auditor": (1, "auditor"),
}
DEMO_DOMAIN = "@example.org"


def active_staff():
    return User.objects.filter(is_active=True)


@readiness_check("people", "There are enough people for what two people decide", group=PEOPLE)
def check_staff_numbers() -> ReadinessResult:
    missing = []
    for role, (number, words) in REQUIRED_STAFF.items():
        has = active_staff().filter(groups__name=role).count()
        if has < number:
            missing.append(f"{has} of {number} {words}")
    return ReadinessResult(
        not missing, f"There are {', '.join(missing)}." if missing else "Each role has enough people."
    )


@readiness_check("factors", "Everybody who has a role signs in with a second factor", group=PEOPLE)
def check_second_factors() -> ReadinessResult:
    if not settings.STAFF_NEED_MFA:
        return ReadinessResult(False, "A password alone opens the desk.", "Take STAFF_NEED_MFA out of voice.env.")
    strong = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    without = active_staff().filter(groups__isnull=False).exclude(Exists(strong)).distinct().count()
    return ReadinessResult(
        not without, f"{without} still to set one up; until then no page opens to them." if without else "All of them."
    )


@readiness_check("demo-logins", "No login of the demo is left", group=PEOPLE)
def check_demo_logins() -> ReadinessResult:
    left = active_staff().filter(email__endswith=DEMO_DOMAIN).count()
    return ReadinessResult(not left, f"{left} accounts end in {DEMO_DOMAIN}: close them." if left else "None.")


@readiness_check("clashing-roles", "No account holds two roles that nobody may hold together", group=PEOPLE)
def check_clashing_roles() -> ReadinessResult:
    clashing = [person for person in active_staff().prefetch_related("groups") if find_clash(roles_of(person))]
    if clashing:
        return ReadinessResult(False, f"{len(clashing)} on the page People: take one role away from each.")
    return ReadinessResult(True, "None.")


@readiness_check("role-requests", "No role waits for a second administrator", group=PEOPLE, lapses=True)
def check_role_requests() -> ReadinessResult:
    waiting = RoleRequest.objects.current().count()
    return ReadinessResult(not waiting, f"{waiting} waiting on the page People." if waiting else "None.")

"""The demo's staff: one account per role, two for roles whose decisions need two people."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cms.accounts.actions import add_agreement, confirm_agreement, create_staff
from cms.accounts.agreements import Agreement
from cms.accounts.models import User
from cms.accounts.roles import ROLES
from consultation.agencies.actions import add_agency, find_listed_namesake
from consultation.agencies.models import AgencyKind
from consultation.reading.staffing.actions import set_reader_languages

AGENCY = "Example partnership"
PASSWORD = "tea and toast at four"  # noqa: S105  (printed for everyone who tries the demo)


class NotADemo(Exception):
    """Refusal to load example data outside demo settings."""


@dataclass(frozen=True)
class DemoAccount:
    key: str
    name: str
    roles: tuple[str, ...]
    agency: str = AGENCY

    @property
    def email(self):
        return f"{self.key}@example.org"


STAFF = (
    DemoAccount("officer1", "Amina Officer", ("engagement_officer",)),
    DemoAccount("officer2", "Owen Officer", ("engagement_officer",)),
    DemoAccount("reader1", "Ruth Reader", ("moderator",)),
    DemoAccount("reader2", "Rafi Reader", ("moderator",)),
    DemoAccount("facilitator", "Farid Facilitator", ("facilitator",)),
    DemoAccount("lead1", "Leyla Lead", ("safeguarding_lead",)),
    # Of another agency: concerns about its staff are hidden from him.
    DemoAccount("lead2", "Luke Lead", ("safeguarding_lead",), "Example youth trust"),
    DemoAccount("planner", "Priya Planner", ("planner",)),
    DemoAccount("partner", "Piotr Partner", ("partner_viewer",)),
    DemoAccount("administrator1", "Ada Administrator", ("administrator",)),
    DemoAccount("administrator2", "Arun Administrator", ("administrator",)),
    DemoAccount("auditor", "Aoife Auditor", ("auditor",)),
)
# Role requested by one administrator and not confirmed yet.
NEWCOMER = DemoAccount("reader3", "Rosa Reader", ("moderator",))


def require_demo():
    if not getattr(settings, "DEMO", False):
        raise NotADemo("This is not a demo: real data is never mixed with examples.")


def load_demo_staff():
    """{key: User}; creates missing accounts."""
    require_demo()
    known = {user.email: user for user in User.objects.filter(email__in=[person.email for person in STAFF])}
    if not Agreement.objects.of(keep_demo_agency(AGENCY)).exists():
        today = timezone.localdate()
        agreement = add_agreement(
            agency=keep_demo_agency(AGENCY),
            starts=today - timedelta(days=90),
            ends=today + timedelta(days=640),
            reference="Example agreement 7, kept by the partnership",
            by=None,
        )
        confirm_agreement(agreement=agreement, by=None)
    staff = {person.key: known.get(person.email) or _create_account(person) for person in STAFF}
    new, hashed = [user for user in staff.values() if user.email not in known], make_password(PASSWORD)
    for user in new:
        user.password = hashed  # the same for all: a hash takes a fifth of a second, as it must
    User.objects.bulk_update(new, ["password"])
    spoken = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    for key in ("reader1", "reader2"):
        set_reader_languages(reader=staff[key], languages=spoken, by=staff[key])
    if not User.objects.filter(email=NEWCOMER.email).exists():
        _create_account(NEWCOMER, by=staff["administrator1"])
    return staff


def _create_account(person, *, by=None):
    return create_staff(
        email=person.email, name=person.name, roles=person.roles, by=by, agency=keep_demo_agency(person.agency)
    )


def keep_demo_agency(name):
    return find_listed_namesake(name) or add_agency(by=None, name=name, kind=AgencyKind.VOLUNTARY)


def list_demo_logins():
    """Lines for the terminal: e-mail addresses, roles and the password."""
    width = max(len(person.email) for person in STAFF)
    lines = [f"  {person.email:<{width}}  {', '.join(ROLES[role].label for role in person.roles)}" for person in STAFF]
    return [*lines, f"  Password for all of them: {PASSWORD}"]

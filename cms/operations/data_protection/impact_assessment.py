"""The data protection impact assessment and the record of processing, filled from the real configuration.

What the site can see for itself stands in it as found; what only people know is marked "To be written". It holds counts of
staff and names of consultations, and nothing from an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import ROLES
from cms.operations.launch.launch_items import list_launch_groups
from cms.operations.launch.models import LaunchTick
from cms.operations.personal_data import FIELDS, RESPONDENT, STAFF, DataSubject
from cms.operations.retention.retention_registry import ERASURES, KEPT
from consultation.readiness import list_readiness_checks
from consultation.surveys.models import ConsultationPage

TEMPLATE = "cms/operations/data_protection/assessment.html"
PREFIX = "dpia-"
TO_BE_WRITTEN = "To be written by the data protection officer."


@dataclass(frozen=True)
class AssessmentPart:
    title: str
    facts: list[str]
    signed: str


def build_assessment() -> dict[str, Any]:
    """The context of the document."""
    return {
        "controller": settings.PARTNERSHIP,
        "today": timezone.localdate(),
        "contact": settings.HEAD_OF_SERVICE_EMAIL or TO_BE_WRITTEN,
        "parts": list(_list_parts()),
        "subjects": [
            ("Respondents, and people they wrote about", _list_data(RESPONDENT)),
            ("Staff", _list_data(STAFF)),
        ],
        "recipients": [(role.label, _count_holders(name)) for name, role in ROLES.items()],
        "processors": list(_list_processors()),
        "retention": [(one.line, one.keep, one.removes, one.why) for one in (*ERASURES, *KEPT)],
        "measures": list(_list_measures()),
    }


def _list_parts() -> Iterator[AssessmentPart]:
    """The headings of the launch checklist, with what is known under each, and who signed it."""
    signed = {tick.item: tick for tick in LaunchTick.objects.standing().filter(item__startswith=PREFIX)}
    known = _collect_facts()
    for item in (item for group in list_launch_groups() for item in group.items if item.key.startswith(PREFIX)):
        tick = signed.get(item.key)
        words = f"Signed by {tick.checker} on {tick.checked_on:%-d %B %Y}." if tick else "Not signed yet."
        yield AssessmentPart(item.title, known.get(item.key, []) or [TO_BE_WRITTEN], words)


def _list_data(subject: DataSubject) -> list[str]:
    """The kinds of record that hold such data, in the words of their models."""
    return sorted({label.partition(".")[2] for label, fields in FIELDS.items() if fields.get(subject)})


def _count_holders(role: str) -> int:
    return User.objects.filter(is_active=True, groups__name=role).count()


def _list_processors() -> Iterator[tuple[str, str]]:
    """(service, where) of everything outside of the site's processes that the settings name."""
    yield "Database", _describe_database()
    yield "Sealed backups", f"{settings.BACKUP_DIR}, kept for {settings.BACKUP_DAYS} days"
    yield "Mail to staff", getattr(settings, "EMAIL_HOST", "") or "none"
    yield "Text messages to staff", urlsplit(settings.SMS_GATEWAY_URL).hostname or "none"
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    signs_in = [urlsplit(app["settings"]["server_url"]).hostname or "" for app in providers]
    yield "Sign-in of staff", ", ".join(signs_in) or "the site itself"
    yield "Language models, trackers, content networks", "none: no text leaves the site's own processes"


def _describe_database() -> str:
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return "SQLite, a file of this machine"
    return f"PostgreSQL at {database.get('HOST') or 'this machine'}"


def _list_measures() -> Iterator[tuple[str, str]]:
    """Technical measures: the readiness checks of the machine and of people, with what they found today."""
    for check in list_readiness_checks():
        if check.key in {"https", "hosts", "keys", "factors", "backup", "retention", "audit-chain", "clashing-roles"}:
            found = check.run()
            yield check.title, f"{'In order' if found.ok else 'Not in order'}. {found.says}"


def _collect_facts() -> dict[str, list[str]]:
    """What the site knows, by heading of the assessment."""
    return {
        "dpia-01": [
            f"{settings.PARTNERSHIP} asks children, parents and professionals what they need, and shows what came of it."
        ],
        "dpia-02": list(_describe_scope()),
        "dpia-06": [
            "No account, cookie, address, time of day or order of arrival is kept: an answer has its day alone.",
            "Equality answers are stored apart and joined to no answer.",
        ],
        "dpia-07": [
            "Raw words are seen by trained readers alone; others see redacted text that a reader released.",
            "Figures and quotes pass disclosure control by cell keys; a small group needs a test of its own.",
        ],
        "dpia-08": [
            "“Leave this site” stands on every page; nothing is stored on the device; help pages work without script."
        ],
        "dpia-09": [
            "A screen orders the desk of the readers and decides nothing; its model card names its recall by category."
        ],
        "dpia-10": [f"{name}: {where}." for name, where in _list_processors()],
        "dpia-12": [
            "A person with the four words of a receipt withdraws an answer until results are frozen.",
            "Without them nobody can find the answer of a person (Article 11).",
        ],
        "dpia-13": [f"{title}: {found}" for title, found in _list_measures()],
        "dpia-14": [f"{one.line}: {one.keep}." for one in ERASURES],
        "dpia-15": [
            "Remains: erased words stay for a time in the write-ahead log, in freed pages and in sealed backups.",
            "Remains: the write-ahead log has the order of the last answers until it is deleted, after minutes as a rule.",
            "Remains: a copy of the database tells which answers went to a lead, how grave they were, and what followed.",
            "Remains: whoever runs the database and holds the private keys can read answers. Two people hold them.",
        ],
    }


def _describe_scope() -> Iterator[str]:
    for page in ConsultationPage.objects.live().sources().defer("body").order_by("opens", "title"):
        ages = f", ages {page.lowest_age} to {page.highest_age}" if page.lowest_age and page.highest_age else ""
        last = page.state.last_day
        days = f"{page.opens:%-d %B %Y} to {last:%-d %B %Y}" if page.opens and last else "no days set"
        yield f"{page.title}{ages}: {days}."
    yield f"Languages: {', '.join(name for _, name in settings.LANGUAGES)}."

"""Ask for the digest, stop it, and the sweep that sends it.

It holds titles that everyone may read, and where to look. No theme, no number of people and no words of children: anyone
may see a mailbox.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.staff.partner_access.actions import list_withheld_from
from cms.staff.planner_digest.models import DigestReader
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.notifications.gateways import send_email
from consultation.notifications.models import NotificationChoice
from consultation.notifications.notify import is_quiet
from insights.access import VIEW_REPORTS
from insights.decisions.unanswered.contradicted_decisions import list_alerts
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises
from insights.releases.theme_evidence import list_newest_releases
from insights.releases.withheld_releases import withhold_releases

logger = logging.getLogger(__name__)
REPORTS, LATE, NEWER = "New reports", "Promises past their day", "Newer evidence speaks against these decisions"
SECTIONS = (REPORTS, LATE, NEWER)
SUBJECT = "new in reports and decisions"


@dataclass(frozen=True)
class NewsItem:
    """`key` is the same as long as the news is the same."""

    key: str
    section: str
    words: str
    url: str


def list_news(person: Any, today: date) -> list[NewsItem]:
    """All that is so now and that this person may see, each once."""
    with withhold_releases(list_withheld_from(person)):
        found = [*_list_reports(), *_list_late_promises(today), *_list_contradicted()]
    return list({item.key: item for item in found}.values())


def write_digest(items: list[NewsItem]) -> str:
    """The message; its first line is the subject."""
    lines = [SUBJECT, "", settings.WAGTAIL_SITE_NAME]
    for section in SECTIONS:
        if own := [item for item in items if item.section == section]:
            lines += ["", section, *(line for item in own for line in (f"- {item.words}", f"  {item.url}"))]
    stop = settings.WAGTAILADMIN_BASE_URL + reverse("notifications:own")
    return "\n".join([*lines, "", f"Once a week at most, because you asked for it. To stop it: {stop}", ""])


def _list_reports() -> list[NewsItem]:
    return [
        NewsItem(
            f"report {release.pk}",
            REPORTS,
            f"{release.consultation.title}, release {release.number}, {release.published_on:%-d %B %Y}",
            _write_link("insights:report", release.pk),
        )
        for release in list_newest_releases()
    ]


def _list_late_promises(today: date) -> list[NewsItem]:
    return [
        NewsItem(
            f"late {promise.decision or promise.url} {promise.due} {promise.what}",
            LATE,
            f"{promise.title}, due {promise.due:%-d %B %Y}: {promise.what}",
            settings.WAGTAILADMIN_BASE_URL + promise.url,
        )
        for promise in list_overdue_promises(today)
    ]


def _list_contradicted() -> list[NewsItem]:
    return [
        NewsItem(
            f"newer {alert.decision.pk} {alert.release.pk}",
            NEWER,
            alert.decision.title,
            _write_link("insights:decision", alert.decision.slug),
        )
        for alert in list_alerts()
    ]


def _write_link(name: str, key: Any) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=[key])


@transaction.atomic
def choose_digest(*, by: Any, wanted: bool) -> None:
    """What is on the pages already when it is asked for is no news."""
    require_permission(by, VIEW_REPORTS)
    if wanted:
        told = sorted(item.key for item in list_news(by, timezone.localdate()))
        DigestReader.objects.get_or_create(person=by, defaults={"told": told})
    else:
        DigestReader.objects.filter(person=by).delete()
    record_event("notification channels chosen", by=by)


def send_due_digests(now: datetime | None = None) -> int:
    """Sweep: send each due reader what is new to them. Returns how many messages left."""
    now = timezone.localtime(now or timezone.now())
    due = DigestReader.objects.due(now.date()).select_related("person")
    return sum(_send_digest(reader, now) for reader in due if _may_be_told(reader.person, now))


def _may_be_told(person: Any, now: datetime) -> bool:
    choice = NotificationChoice.objects.filter(person=person).first()
    allowed = bool(person.email) and person.has_perm(VIEW_REPORTS)
    return allowed and not (choice is not None and is_quiet(choice, now.time()))


def _send_digest(reader: DigestReader, now: datetime) -> bool:
    """Claims the message before it is sent, so that nothing is told twice; no transaction waits for the mail server."""
    items = [item for item in list_news(reader.person, now.date()) if item.key not in reader.told]
    if not items or not _record_told(
        reader, reader.told_on, now.date(), [*reader.told, *(item.key for item in items)]
    ):
        return False
    try:
        send_email(reader.person.email, write_digest(items))
    except OSError as error:
        logger.error("a digest was not sent: %s", type(error).__name__)
        _record_told(reader, now.date(), reader.told_on, reader.told)  # the next sweep tries again
        return False
    return True


def _record_told(reader: DigestReader, before: date | None, day: date | None, told: list[str]) -> bool:
    """False where another process has moved the row."""
    return bool(DigestReader.objects.filter(pk=reader.pk, told_on=before).update(told_on=day, told=told))

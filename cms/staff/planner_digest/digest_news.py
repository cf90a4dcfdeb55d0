"""What a digest may tell one person: titles that everyone may read, and where to look. No theme, no number of people and
no words of children: anyone may see a mailbox."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from cms.staff.partner_access.actions import list_withheld_from
from insights.decisions.unanswered.contradicted_decisions import list_alerts
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises
from insights.releases.theme_evidence import list_newest_releases
from insights.releases.withheld_releases import withhold_releases

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

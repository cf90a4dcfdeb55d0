"""What a monitor may know of the site. Nothing in it is personal, and nothing tells when or in which order answers came: no
request is counted, unread answers have an age in whole days, and answers are counted once their day is over, from ten up.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from cms.operations.backups.readiness import last_verified_day
from cms.operations.health import oldest_unread_days
from cms.operations.service_state.running_checks import list_running_checks
from cms.operations.version import read_version
from consultation.responses.models import Response

FEWEST_ANSWERS = 10
DAY = 24 * 60 * 60
COARSE_BYTES = 100_000_000  # so that the size of the database does not grow with one answer


class SiteCollector(Collector):
    """Asks anew at each scrape, so that any web process gives the same figures."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _build_gauge("voice_version_info", "The version of the code.", 1, version=read_version())
        yield _collect_checks()
        unread = oldest_unread_days() * DAY
        yield _build_gauge(
            "voice_oldest_unread_seconds", "How long the oldest unread answer waits, in whole days.", unread
        )
        answers = count_answers_of_yesterday()
        yield _build_gauge("voice_answers_of_yesterday", "Answers of the last whole day; 0 below ten.", answers)
        yield _build_gauge("voice_database_bytes", "Size of the database, in steps of 100 MB.", measure_database())
        yield _build_gauge("voice_disk_free_ratio", "Free share of the disk of VAR_DIR.", measure_free_disk())
        if (day := last_verified_day()) is not None:
            age = (timezone.localdate() - day).days * DAY
            yield _build_gauge(
                "voice_backup_age_seconds", "Since the last backup restored for a trial, in whole days.", age
            )


def _build_gauge(name: str, about: str, value: float, **labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _collect_checks() -> GaugeMetricFamily:
    family = GaugeMetricFamily("voice_check_ok", "1 while a readiness check is in order.", labels=["check", "alarm"])
    for one in list_running_checks():
        family.add_metric([one.check.key, "yes" if one.check.alarm else "no"], int(one.ok))
    return family


def count_answers_of_yesterday() -> int:
    found = Response.objects.filter(day=timezone.localdate() - timedelta(days=1)).count()
    return found if found >= FEWEST_ANSWERS else 0


def measure_database() -> int:
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    size = "SELECT pg_database_size(current_database())" if connection.vendor == "postgresql" else pages
    with connection.cursor() as cursor:
        cursor.execute(size)
        return -(-cursor.fetchone()[0] // COARSE_BYTES) * COARSE_BYTES


def measure_free_disk() -> float:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(settings.VAR_DIR)
    return round(disk.free / disk.total, 2)


registry = CollectorRegistry(auto_describe=False)
registry.register(SiteCollector())

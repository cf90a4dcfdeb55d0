"""Readiness checks: disk space and the clock, both alarms: a full disk refuses answers, a wrong clock stops safeguarding."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils import timezone

from cms.operations.scheduler.models import SweepRun
from cms.operations.security.readiness import MACHINE
from consultation.readiness import ReadinessResult, readiness_check

LEAST_FREE = 1024**3  # bytes; also a twentieth of a small disk
SERVER_IS_HERE = "coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true)"
CLOCK_TOLERANCE = timedelta(minutes=1)
MEND_CLOCK = "Turn on time synchronisation (timedatectl set-ntp true), look at `timedatectl`, then restart the site."


def _wall_minus_boot() -> float:
    """Wall clock minus the time since boot, suspension included: constant unless somebody sets the clock."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


STARTED_AT = _wall_minus_boot()


@readiness_check("disk", "There is room on the disks", group=MACHINE, lapses=True, alarm=True)
def check_disk_space() -> ReadinessResult:
    full = [folder for folder in sorted(set(_list_written_folders())) if _is_full(folder)]
    return ReadinessResult(
        not full,
        "A disk is nearly full: soon no answer can be kept." if full else "More than 1 GB, or a twentieth, is free.",
        f"Make room, or enlarge the disk under {', '.join(map(str, full))}: `df -h`, then `du -x --max-depth=2 /var`.",
    )


def _list_written_folders() -> Iterator[Path]:
    """Folders that the site and a database on this machine write to, or the nearest that is there."""
    for folder in (settings.VAR_DIR, settings.BACKUP_DIR, settings.MEDIA_ROOT):
        yield next(place for place in (Path(folder).resolve(), *Path(folder).resolve().parents) if place.exists())
    if connection.vendor == "postgresql":
        yield from _list_postgresql_folders()


def _list_postgresql_folders() -> Iterator[Path]:
    """None where the database is on another machine or away, or our role has no `pg_read_all_settings`."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"SELECT setting FROM pg_settings WHERE name = 'data_directory' AND {SERVER_IS_HERE}")  # noqa: S608
        yield from (Path(folder) for (folder,) in cursor.fetchall() if Path(folder).exists())


def _is_full(folder: Path) -> bool:
    usage = shutil.disk_usage(folder)
    return usage.free < min(LEAST_FREE, usage.total / 20)


@readiness_check("clock", "The clock is right", group=MACHINE, lapses=True, alarm=True)
def check_clock() -> ReadinessResult:
    for seconds, found in _measure_clock():
        if abs(seconds) > CLOCK_TOLERANCE.total_seconds():
            way = "ahead" if seconds > 0 else "behind"
            return ReadinessResult(False, f"{found} {abs(int(seconds))} seconds {way}.", MEND_CLOCK)
    return ReadinessResult(True, "It agrees with the database, and nobody moved it.")


def _measure_clock() -> Iterator[tuple[float, str]]:
    """(seconds that the clock is ahead, the beginning of a sentence)."""
    yield _wall_minus_boot() - STARTED_AT, "The clock was moved since the site started:"
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            theirs = datetime.fromtimestamp(float(cursor.fetchone()[0]), UTC)
        yield (now - theirs).total_seconds(), "Against the database's clock, this machine's is"
    last = SweepRun.objects.aggregate(last=Max("finished_at"))["last"]
    if last and last > now:
        yield (
            (now - last).total_seconds(),
            "Something ran in the future, so the clock went back or a worker's is wrong:",
        )

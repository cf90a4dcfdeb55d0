"""Whether answers and mailboxes are screened and leads are alerted, told by a path that does not hang on the worker:
each web process looks once a minute, and one of them tells the leads. `/readyz` and the leads' board say it, too.

Nothing is stored about answers: what counts is when the screening sweep last left no answer waiting, which it does every
half minute whether or not anyone wrote. So an answer that waits for longer than five minutes is an alarm, though nobody
notes when it came.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from cms.operations.scheduler.database_clock import TOLERANCE, read_database_clock
from cms.operations.scheduler.models import SweepRun
from consultation.notifications.notify import notify_all
from consultation.safeguarding.duty_rota import lead_rota

SCREENING = "consultation.reading.tasks.screen_unread"
WATCHED = (
    SCREENING,
    "consultation.reading.tasks.screen_mailboxes",
    "insights.commitments.actions.screen_sent_offers",
    "consultation.reading.panel_words.actions.screen_panel_words",
    "consultation.reading.tasks.alert_urgent",
    "consultation.safeguarding.alerts.alert_waiting_items",
)
ALARM = "alarm: screening stands still"  # the row that decides which process tells the leads, and when again
STALLED_AFTER = timedelta(minutes=5)
AGAIN_AFTER = timedelta(minutes=30)
LOOK_SECONDS = 60
logger = logging.getLogger("cms.operations.scheduler")


def last_screened_at() -> datetime | None:
    """When the slowest of the watched sweeps last left nothing waiting; None if answers were never screened."""
    caught_up = dict(SweepRun.objects.filter(name__in=WATCHED).values_list("name", "caught_up_at"))
    return min(filter(None, caught_up.values())) if caught_up.get(SCREENING) else None


def explain_stall(now: datetime | None = None) -> str:
    """Why nobody may rely on the screening, in words for staff; empty while it runs."""
    now, last = now or read_database_clock(), last_screened_at()
    if last is None:
        return "Answers have not been screened yet."
    if last > now + TOLERANCE:
        return "The clock of this site went back, so nobody knows when answers were last screened."
    if last > now - STALLED_AFTER:
        return ""
    return f"Answers have not been screened since {timezone.localtime(last):%A %-d %B, %H:%M}."


def alarm_leads(now: datetime | None = None) -> int:
    """Tell the leads on duty and the head of service when screening stands still, again every half hour. Of all web
    processes one does: the row's update decides. Returns how many were told."""
    now = now or read_database_clock()
    if last_screened_at() is None or not explain_stall(now):
        return 0
    SweepRun.objects.get_or_create(name=ALARM, defaults={"due_at": now})
    ahead = now + AGAIN_AFTER + TOLERANCE  # a clock that was ahead wrote it, and not another process a moment ago
    due = Q(due_at__lte=now) | Q(due_at__gt=ahead)
    if not SweepRun.objects.filter(due, name=ALARM).update(due_at=now + AGAIN_AFTER):
        return 0
    logger.error("Screening stands still.")
    people = lead_rota.list_on_duty(now)
    head = [settings.HEAD_OF_SERVICE_EMAIL] if settings.HEAD_OF_SERVICE_EMAIL else []
    return len(notify_all({*[person.email for person in people], *head}, now))


class ScreeningWatch(threading.Thread):
    """The look of a web process, once a minute on its own connection."""

    def __init__(self) -> None:
        super().__init__(name="screening-watch", daemon=True)
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(LOOK_SECONDS):
            try:
                close_old_connections()
                alarm_leads()
            except Exception as error:  # whatever it is: the watch must not end unseen
                logger.error("The watch over screening could not look: %s", type(error).__name__)
            finally:
                connection.close()

"""Sessions of staff: list and end them. Read from the session table itself, so the list is always true.

No network address is kept. The browser is kept as words ("Firefox on Windows").
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.accounts.models import User

SEEN, SINCE, BROWSER = "seen_at", "since", "browser"
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class StaffSession:
    handle: str  # identifies the session without revealing its key
    since: datetime
    seen: datetime
    browser: str
    here: bool


def describe_browser(agent: str) -> str:
    browser = next((words for part, words in BROWSERS.items() if re.search(rf"\b{part}", agent)), "A browser")
    system = next((words for part, words in SYSTEMS.items() if part in agent), "")
    return f"{browser} on {system}" if system else browser


def idle_seconds(person: User) -> int:
    """Seconds until idle log-out: 15 minutes for those who read raw text, 30 for others (G2)."""
    raw = person.has_perm("consultation.read_raw")
    return 60 * (settings.IDLE_MINUTES_RAW if raw else settings.IDLE_MINUTES)


def measure_time_left(person: User, session: Mapping[str, Any], now: int) -> tuple[int, bool]:
    """(seconds until log-out, whether work puts it off): until the person was idle too long, or the day's end, which comes
    however busy they are."""
    idle = idle_seconds(person) - (now - session.get(SEEN, now))
    whole = settings.SESSION_HOURS * 60 * 60 - (now - session.get(SINCE, now))
    return min(idle, whole), idle < whole


def session_handle(key: str) -> str:
    return salted_hmac("staff session", key, algorithm="sha256").hexdigest()[:32]


def list_staff_sessions(person: User, here: str = "") -> list[StaffSession]:
    """Newest first, without sessions whose time is over."""
    now = int(time.time())
    found = []
    for key, data in _iterate_live_sessions(person):
        if SEEN in data and measure_time_left(person, data, now)[0] >= 0 or key == here:
            last = data.get(SEEN, int(time.time()))
            since, seen = _to_local_datetime(data.get(SINCE, last)), _to_local_datetime(last)
            browser = data.get(BROWSER, "A browser")
            found.append(StaffSession(session_handle(key), since, seen, browser, here=key == here))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def delete_session(person: User, handle: str) -> bool:
    """Returns whether the session existed."""
    for key, _ in _iterate_live_sessions(person):
        if constant_time_compare(session_handle(key), handle):
            _session_store_class()(key).delete()
            return True
    return False


def delete_sessions_of(person: User, *, but: str = "") -> int:
    keys = [key for key, _ in _iterate_live_sessions(person) if key != but]
    for key in keys:
        _session_store_class()(key).delete()
    return len(keys)


def delete_all_sessions() -> int:
    return Session.objects.all().delete()[0]


def delete_expired_sessions() -> None:
    """Expired sessions are useless, but would still tell when somebody worked."""
    _session_store_class().clear_expired()


def _session_store_class():
    return import_module(settings.SESSION_ENGINE).SessionStore


def _iterate_live_sessions(person):
    """(key, data) of each valid session; a changed password invalidates older ones."""
    valid = person.get_session_auth_hash() if person.pk else ""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk) and constant_time_compare(data.get(HASH_SESSION_KEY, ""), valid):
            yield session.session_key, data


def _to_local_datetime(seconds):
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())

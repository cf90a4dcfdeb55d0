"""Rate limits in this process's memory, keyed by an HMAC of the address under a key replaced every day (A9).

An HMAC is kept for ten minutes and never written to disk. Behind a proxy (PROXY_LIMITS) every request has the proxy's
address, so the proxy's own limit applies and this one is off.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque

from django.conf import settings

from consultation.domain.process_memory import register_memory

DAY_SECONDS = 24 * 60 * 60
MOST_ADDRESSES = 50_000


class RateLimit:
    """At most `times` within `seconds` for one address."""

    def __init__(self, times, seconds=600):
        self.times, self.seconds = times, seconds
        self._lock = threading.Lock()
        self.forget_requests()
        register_memory(self.forget_requests)

    def forget_requests(self):
        """Start anew with a new key: earlier counts can no longer be linked to an address."""
        self._key, self._key_since, self._seen = secrets.token_bytes(32), time.monotonic(), {}

    def add(self, request):
        """Count this request."""
        name = self._hash_requester(request)
        if name is not None:
            with self._lock:
                self._get_recent_times(name).append(time.monotonic())

    def is_limit_reached(self, request):
        """Whether this address has used up its requests."""
        name = self._hash_requester(request)
        if name is None:
            return False
        with self._lock:
            return len(self._get_recent_times(name)) >= self.times

    def _hash_requester(self, request):
        if settings.PROXY_LIMITS:
            return None
        if time.monotonic() - self._key_since > DAY_SECONDS or len(self._seen) > MOST_ADDRESSES:
            self.forget_requests()
        return hmac.digest(self._key, request.META.get("REMOTE_ADDR", "").encode(), hashlib.sha256)

    def _get_recent_times(self, name):
        """Times of the recent requests, at most the last `times` of them: more is never needed."""
        recent = self._seen.setdefault(name, deque(maxlen=self.times))
        since = time.monotonic() - self.seconds
        while recent and recent[0] <= since:
            recent.popleft()
        return recent

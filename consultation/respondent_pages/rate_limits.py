"""Rate limits in this process's memory, keyed by an HMAC of the address under a key replaced every day (A9).

An HMAC is kept for ten minutes and never written to disk. With PROXY_LIMITS the front proxy counts by address in its own
memory, and this limit is off. Behind any other proxy all people have the proxy's address: the count is one for all of
them, and so many times as wide, which still stops a machine that guesses.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import deque

from django.conf import settings

from consultation.domain.process_cache import register_cache

DAY_SECONDS = 24 * 60 * 60
MOST_ADDRESSES = 50_000
PEOPLE_BEHIND_A_PROXY = 20


def is_proxied(request):
    """Every proxy that ends TLS names the scheme: without it, production's redirect to TLS would never end."""
    return "HTTP_X_FORWARDED_PROTO" in request.META


def name_network(address):
    """What counts as one address: of IPv6 the first half, since a home or a phone has all the rest to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()
    if found.version == 6 and found.ipv4_mapped is None:
        return found.packed[:8]
    return (found if found.version == 4 else found.ipv4_mapped).packed


class RateLimit:
    """At most `times` within `seconds` for one address. With `people_only`, requests through a proxy are not counted: of
    what many people do in all, nothing follows about one of them, and one could use up the tries of the others."""

    def __init__(self, times, seconds=600, people_only=False):
        self.times, self.seconds, self.people_only = times, seconds, people_only
        self._lock = threading.Lock()
        self.forget_requests()
        register_cache(self.forget_requests)

    def forget_requests(self):
        """Start anew with a new key: earlier counts can no longer be linked to an address."""
        self._key, self._key_since, self._seen = secrets.token_bytes(32), time.monotonic(), {}

    def add(self, request):
        name = self._hash_requester(request)
        if name is not None:
            with self._lock:
                self._get_recent_times(name, self._count_allowed(request)).append(time.monotonic())

    def is_limit_reached(self, request):
        """Whether this address has used up its requests."""
        name = self._hash_requester(request)
        if name is None:
            return False
        allowed = self._count_allowed(request)
        with self._lock:
            return len(self._get_recent_times(name, allowed)) >= allowed

    def _count_allowed(self, request):
        return self.times * (PEOPLE_BEHIND_A_PROXY if is_proxied(request) else 1)

    def _hash_requester(self, request):
        if settings.PROXY_LIMITS or (self.people_only and is_proxied(request)):
            return None
        if time.monotonic() - self._key_since > DAY_SECONDS or len(self._seen) > MOST_ADDRESSES:
            self.forget_requests()
        return hmac.digest(self._key, name_network(request.META.get("REMOTE_ADDR", "")), hashlib.sha256)

    def _get_recent_times(self, name, allowed):
        """Times of the recent requests, at most the last `allowed` of them: more is never needed."""
        recent = self._seen.setdefault(name, deque(maxlen=allowed))
        since = time.monotonic() - self.seconds
        while recent and recent[0] <= since:
            recent.popleft()
        return recent

"""Who asks: the token, then the agreement of its agency, then how often, then what it may read."""

import time
from typing import Any

from django.core.cache import caches
from ninja.security import HttpBearer

from cms.accounts.agreements import Agreement
from cms.api.actions import hash_of
from cms.api.models import ApiClient, ApiUse
from cms.api.problems import Problem
from cms.security.limits import ALIAS

WRONG = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
MINUTE = 60


class Token(HttpBearer):
    """`Token("themes")`: a token in date, of an agency in date, that may read themes."""

    openapi_name = "token"

    def __init__(self, scope: str):
        super().__init__()
        self.scope = scope

    def authenticate(self, request: Any, token: str) -> ApiClient:
        client = ApiClient.objects.working().filter(token_hash=hash_of(token)).first()
        if client is None:
            raise Problem(401, "This token is not known, has ended or was taken back. Ask for a new one.", **WRONG)
        if not Agreement.objects.of(client.agency).in_date().exists():
            raise Problem(403, "The information-sharing agreement with your agency is not in date.")
        _limit(client)
        ApiUse.count(client)
        if self.scope not in client.scopes:
            raise Problem(403, f"This token may not read {self.scope}.")
        return client


def _limit(client: ApiClient) -> None:
    """Counted for all processes together, by the minute; a row that names nobody, gone when the minute is over."""
    counts, now = caches[ALIAS], int(time.time())
    key = f"api:{client.pk}:{now // MINUTE}"
    counts.add(key, 0, timeout=2 * MINUTE)
    if counts.incr(key) > client.per_minute:
        raise Problem(429, **{"Retry-After": str(MINUTE - now % MINUTE)})

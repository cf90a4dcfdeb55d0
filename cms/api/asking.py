"""API authentication: checks the token, the agency's agreement, the rate limit and the scope, in this order."""

import time
from typing import Any

from django.db import DatabaseError, transaction
from ninja.security import HttpBearer

from cms.accounts.agreements import Agreement
from cms.api.actions import hash_of
from cms.api.models import ApiClient, ApiMinute, ApiUse
from cms.api.problems import Problem

WRONG = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
MINUTE = 60


class Token(HttpBearer):
    """Requires a valid token with this scope, of an agency whose agreement is in date."""

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
        _count(client)
        if self.scope not in client.scopes:
            raise Problem(403, f"This token may not read {self.scope}.")
        return client


def _count(client: ApiClient) -> None:
    """Counts per minute (over all processes) and per day. A request that cannot be counted is refused."""
    now = int(time.time())
    try:
        with transaction.atomic():
            allowed = ApiMinute.take(client, now // MINUTE)
            if allowed:
                ApiUse.count(client)
    except DatabaseError as error:
        raise Problem(503, **{"Retry-After": str(MINUTE)}) from error
    if not allowed:
        raise Problem(429, **{"Retry-After": str(MINUTE - now % MINUTE)})

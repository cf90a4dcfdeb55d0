"""API authentication: checks the token, the agency's agreement, the rate limit and the scope, in this order."""

import time
from typing import Any

from django.db import DatabaseError, transaction
from ninja.security import HttpBearer

from cms.accounts.agreements import Agreement
from cms.api.actions import hash_token
from cms.api.api_problems import ApiProblem
from cms.api.models import ApiClient, ApiMinute, ApiUse

INVALID_TOKEN_HEADER = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
MINUTE = 60


class ApiTokenAuth(HttpBearer):
    """Requires a confirmed token with this scope, of an agency whose agreement is in date."""

    openapi_name = "token"

    def __init__(self, scope: str):
        super().__init__()
        self.scope = scope

    def authenticate(self, request: Any, token: str) -> ApiClient:
        client = ApiClient.objects.working().filter(token_hash=hash_token(token)).first()
        if client is None:
            raise ApiProblem(
                401,
                "This token is not known or not confirmed yet, has ended or was taken back. Ask who gave it to you.",
                **INVALID_TOKEN_HEADER,
            )
        if not Agreement.objects.of(client.agency).in_date().exists():
            raise ApiProblem(403, "The information-sharing agreement with your agency is not in date.")
        _count_request(client)
        if self.scope not in client.scopes:
            raise ApiProblem(403, f"This token may not read {self.scope}.")
        return client


def _count_request(client: ApiClient) -> None:
    """Counts per minute (over all processes) and per day. A request that cannot be counted is refused."""
    now = int(time.time())
    try:
        with transaction.atomic():
            allowed = ApiMinute.take(client, now // MINUTE)
            if allowed:
                ApiUse.count(client)
    except DatabaseError as error:
        raise ApiProblem(503, **{"Retry-After": str(MINUTE)}) from error
    if not allowed:
        raise ApiProblem(429, **{"Retry-After": str(MINUTE - now % MINUTE)})

"""Who asks: the token, then the agreement of its agency, then how often, then what it may read."""

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
        _count(client)
        if self.scope not in client.scopes:
            raise Problem(403, f"This token may not read {self.scope}.")
        return client


def _count(client: ApiClient) -> None:
    """By the minute, for all processes together, and by the day. What cannot be counted is not answered."""
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

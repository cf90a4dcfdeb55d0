"""Issue, confirm and revoke API tokens: one for one program of one agency, shown once, revocable at any time."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.accounts.signals import accounts_suspended
from cms.api.models import ApiClient, Scope
from consultation.access import require_permission
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event

MAY = "consultation.manage_users"
PREFIX = "voice_"  # lets secret scanners recognise a leaked token
LONGEST = timedelta(days=366)


def hash_token(token: str) -> str:
    """SHA-256, hex. The token has 256 random bits and cannot be guessed, so a slow hash is not needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_api_client(
    *, name: str, agency: KnownAgency, scopes: Iterable[str], expires_on: date, per_minute: int = 60, by: Any
) -> tuple[ApiClient, str]:
    """Returns (client, token). The token cannot be shown again, and reads nothing until another administrator has
    confirmed it."""
    require_permission(by, MAY)
    today = timezone.localdate()
    if not set(scopes) <= set(Scope.values) or not scopes:
        raise ValidationError("Choose what it may read.")
    if not today < expires_on <= today + LONGEST:
        raise ValidationError("It ends after today, and within a year.")
    _require_agreement(agency)
    token = PREFIX + secrets.token_urlsafe(32)
    client = ApiClient.objects.create(
        name=name.strip(),
        agency=agency,
        scopes=sorted(scopes),
        expires_on=expires_on,
        per_minute=per_minute,
        token_hash=hash_token(token),
        made_on=today,
        made_by=by,
    )
    record_event("API token made", by=by, obj=client, scopes=client.scopes, until=expires_on.isoformat())
    return client, token


@transaction.atomic
def confirm_api_client(*, client: ApiClient, by: Any) -> None:
    """The second of two administrators: the token reads from now on. Raises PermissionDenied for who made it,
    ValidationError where it does not wait or no agreement is in date."""
    require_permission(by, MAY)
    held = ApiClient.objects.select_for_update().get(pk=client.pk)
    if by.pk == held.made_by_id:
        raise PermissionDenied("Another administrator confirms what you made.")
    if not held.waits:
        raise ValidationError("This token waits for nobody. Load the page again.")
    _require_agreement(held.agency)
    held.confirmed_by, held.confirmed_on = by, timezone.localdate()
    held.save(update_fields=["confirmed_by", "confirmed_on"])
    record_event("API token confirmed", by=by, obj=held)


def _require_agreement(agency: KnownAgency) -> None:
    if not Agreement.objects.of(agency).in_date().exists():
        raise ValidationError("There is no agreement in date with this agency.")


@transaction.atomic
def revoke_api_client(*, client: ApiClient, by: Any) -> None:
    require_permission(by, MAY)
    if ApiClient.objects.filter(pk=client.pk, revoked_on=None).update(revoked_on=timezone.localdate()):
        record_event("API token revoked", by=by, obj=client)


@receiver(accounts_suspended)
def revoke_all_tokens(sender: Any, **kwargs: Any) -> None:
    """A restored backup: a token may have been revoked since, so an administrator issues new ones."""
    ApiClient.objects.filter(revoked_on=None).update(revoked_on=timezone.localdate())

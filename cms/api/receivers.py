"""A restored backup revokes every API token."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from cms.accounts.signals import accounts_suspended
from cms.api.models import ApiClient


@receiver(accounts_suspended)
def revoke_all_tokens(sender: Any, **kwargs: Any) -> None:
    """A token may have been revoked since the backup: an administrator issues a new one."""
    ApiClient.objects.filter(revoked_on=None).update(revoked_on=timezone.localdate())

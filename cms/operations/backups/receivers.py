"""Records a deletion marker for a closed account, so that a restored backup does not reopen it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.accounts.models import User
from consultation.responses.deletion_markers import DeletionKind, record_deletion


@receiver(post_save, sender=User, dispatch_uid="backups-closed-account")
def record_account_deletion(sender: Any, *, instance: User, **kwargs: Any) -> None:
    if not instance.is_active:
        record_deletion(DeletionKind.ACCOUNT, instance.pk)

"""Records a deletion marker for a closed account, so that a restored backup does not reopen it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.accounts.models import User
from consultation.responses.tombstones import Taken, bury


@receiver(post_save, sender=User, dispatch_uid="backups-closed-account")
def bury_closed_account(sender: Any, *, instance: User, **kwargs: Any) -> None:
    if not instance.is_active:
        bury(Taken.ACCOUNT, instance.pk)

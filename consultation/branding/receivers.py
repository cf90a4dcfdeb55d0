"""Saved branding: the logo is rendered at once, so that no visitor waits for it, and the public pages change."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from consultation.branding.current_branding import LOGO_RENDITION, forget_branding
from consultation.branding.models import Appearance


@receiver(post_save, sender=Appearance, dispatch_uid="branding-saved")
def show_saved_branding(sender: Any, *, instance: Appearance, **kwargs: Any) -> None:
    if instance.logo is not None:
        instance.logo.get_rendition(LOGO_RENDITION)
    transaction.on_commit(forget_branding)

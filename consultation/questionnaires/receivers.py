"""Signal receivers: publishing or unpublishing a consultation page freezes a new version."""

from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from wagtail.models import PageLogEntry
from wagtail.signals import page_published, page_unpublished

from consultation.audit.log import record
from consultation.questionnaires.actions import freeze
from consultation.questionnaires.approval import publisher
from consultation.questionnaires.closing import TAKEN_DOWN
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.translating.live import is_quiet, refresh_source, renew


@receiver(page_published, sender=ConsultationPage)
def freeze_what_is_asked(sender, instance, revision=None, **kwargs):
    """Freeze a version when a source page, or a translation of a live source, goes live.

    Turning a draft into an alias of a live page would publish it without approval, so that is refused and rolled back.
    """
    if kwargs.get("alias") and instance.alias_of_id is None:
        raise PermissionDenied("A consultation is published by its workflow.")
    if is_quiet():
        return
    if not instance.is_translation:
        refresh_source(instance)
        renew(instance, publisher(revision))
    if instance.source.live and instance.live:
        freeze(page=instance, by=publisher(revision))


@receiver(page_unpublished, sender=ConsultationPage)
def take_language_away(sender, instance, **kwargs):
    """Unpublishing a translation freezes a version without it; unpublishing the source closes the consultation."""
    source = instance.source
    if source.pk == instance.pk:
        record("consultation closed", by=_who_took_down(instance), obj=instance)
    if source.pk != instance.pk and source.live:
        freeze(page=source, by=None)


def _who_took_down(page):
    """The user in Wagtail's log, which is written before the signal; None for a scheduled unpublication."""
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__startswith=TAKEN_DOWN).order_by("-timestamp", "-pk").first()
    )
    return entry.user if entry else None

"""Signal receivers: publishing or unpublishing a page freezes a new version, and the rooms above answer the page."""

from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from wagtail.models import PageLogEntry
from wagtail.signals import page_published, page_unpublished

from consultation.audit.audit_log import record_event
from consultation.surveys import signals
from consultation.surveys.actions import freeze_version
from consultation.surveys.approval_rules import find_publisher
from consultation.surveys.closing_day import TAKEN_DOWN
from consultation.surveys.editor.checks_panel import build_checks_panel
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule.actions import record_postponed_opening
from consultation.surveys.starting_points.publishing_guide import build_guide_panel
from consultation.surveys.translations.live_translations import (
    is_freeze_deferred,
    refresh_live_translations,
    refresh_source_record,
)
from consultation.surveys.validation.findings import list_publication_blockers
from consultation.surveys.validation.submission_errors import add_finding_errors


@receiver(page_published, sender=ConsultationPage)
def freeze_on_publication(sender, instance, revision=None, **kwargs):
    """Freeze a version when a source page, or a translation of a live source, goes live.

    Turning a draft into an alias of a live page would publish it without approval, so that is refused and rolled back.
    """
    if kwargs.get("alias") and instance.alias_of_id is None:
        raise PermissionDenied("A consultation is published by its workflow.")
    if is_freeze_deferred():
        return
    if not instance.is_translation:
        refresh_source_record(instance)
        refresh_live_translations(instance, find_publisher(revision))
    if instance.source.live and instance.live:
        freeze_version(page=instance, by=find_publisher(revision))


@receiver(page_unpublished, sender=ConsultationPage)
def record_unpublication(sender, instance, **kwargs):
    """Unpublishing a translation freezes a version without it; unpublishing the source closes the consultation."""
    source = instance.source
    if source.pk == instance.pk:
        # Wagtail's log is written before the signal; it has no user for a scheduled unpublication.
        entries = PageLogEntry.objects.filter(page=instance.pk, action__startswith=TAKEN_DOWN)
        last = entries.order_by("-timestamp", "-pk").first()
        record_event("consultation closed", by=last.user if last else None, obj=instance)
    elif source.live:
        freeze_version(page=source, by=None)


signals.guide_panel_asked.connect(build_guide_panel)
signals.checks_panel_asked.connect(build_checks_panel)
signals.draft_submitted.connect(add_finding_errors)
signals.publication_blockers_asked.connect(list_publication_blockers)
signals.opening_postponed.connect(record_postponed_opening)

"""Freezing what a consultation asks as its next published version."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.surveys.models import ConsultationPage, PublishedVersion
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.translations.live_translations import list_approved_digests
from consultation.surveys.version_content import build_version_content


@transaction.atomic
def freeze_version(*, page: ConsultationPage, by: Any) -> PublishedVersion:
    """Make the next version from `page` and its live translations, or return the last one if the content is the same.

    A question, an option and a row keep their key in all versions.
    """
    # The stored source-language page: an unsaved block has no stable id yet.
    page = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    earlier = list(page.versions.order_by("number"))
    keys = QuestionnaireKeys(version.content for version in earlier)
    others = ConsultationPage.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    translations = {translated.locale.language_code: translated for translated in others.select_related("locale")}
    content = build_version_content(page, translations, keys, checked=list_approved_digests(page))
    if earlier and earlier[-1].content == content:
        version = earlier[-1]
    else:
        version = PublishedVersion.objects.create(
            page=page, number=len(earlier) + 1, content=content, published_at=timezone.now(), published_by=by
        )
    record_event("consultation published", by=by, obj=page, version=version.number, new=version not in earlier)
    return version

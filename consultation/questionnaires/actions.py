"""What officers do to a questionnaire that leaves a trace."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.questionnaires.content import build_content
from consultation.questionnaires.keys import Keys
from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.questionnaires.translating.live import approved


@transaction.atomic
def freeze(*, page: ConsultationPage, by: Any) -> PublishedVersion:
    """The published version that says what `page` and its live translations say now.

    Makes the next version when the content differs from the last one's, and answers the last one otherwise. A key,
    once given to a question, an option or a row, stays its own in all versions.
    """
    page = _locked_source(page)
    earlier = list(page.versions.order_by("number"))
    keys = Keys(version.content for version in earlier)
    content = build_content(page, _live_translations(page), keys, checked=approved(page))
    if earlier and earlier[-1].content == content:
        version = earlier[-1]
    else:
        version = PublishedVersion.objects.create(
            page=page, number=len(earlier) + 1, content=content, published_at=timezone.now(), published_by=by
        )
    record("consultation published", by=by, obj=page, version=version.number, new=version not in earlier)
    return version


def _locked_source(page: ConsultationPage) -> ConsultationPage:
    """The source-language page as the database has it: block ids are only sure once they are stored."""
    return ConsultationPage.objects.select_for_update().get(pk=page.source.pk)


def _live_translations(page: ConsultationPage) -> dict[str, ConsultationPage]:
    """Live translated pages by language, in the order of the interface's languages."""
    pages = ConsultationPage.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    order = [code for code, _ in settings.LANGUAGES]
    found = {translated.locale.language_code: translated for translated in pages.select_related("locale")}
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))

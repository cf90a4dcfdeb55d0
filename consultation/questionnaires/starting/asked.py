"""A consultation as people were asked it last: what was published, never a draft of somebody else's."""

from wagtail.models import PageLogEntry

from consultation.questionnaires.models import ConsultationPage


def as_asked(page: ConsultationPage) -> ConsultationPage:
    """The page as it was published last. A live page is that; one that was taken down keeps whatever was saved since in
    its own fields, so what people read is in the revision that was published."""
    if page.live:
        return page
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", revision__isnull=False)
        .select_related("revision")
        .order_by("-timestamp", "-pk")
        .first()
    )
    return entry.revision.as_object() if entry else page

"""The content of a draft with the drafts of all its translations, for export."""

from django.conf import settings

from consultation.questionnaires.content import build_content
from consultation.questionnaires.keys import Keys


def draft_in_every_language(page):
    order = [code for code, _ in settings.LANGUAGES]
    others = {one.locale.language_code: one for one in page.get_translations().select_related("locale")}
    found = {
        code: others[code].specific.get_latest_revision_as_object()
        for code in sorted(others, key=lambda code: order.index(code) if code in order else len(order))
    }
    earlier = page.versions.order_by("number")
    return build_content(page.get_latest_revision_as_object(), found, Keys(version.content for version in earlier))

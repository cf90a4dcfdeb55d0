"""The content of a draft with the drafts of all its translations, for export."""

from django.conf import settings

from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content


def build_multilingual_content(page):
    order = [code for code, _ in settings.LANGUAGES]
    others = {one.locale.language_code: one for one in page.get_translations().select_related("locale")}
    found = {
        code: others[code].specific.get_latest_revision_as_object()
        for code in sorted(others, key=lambda code: order.index(code) if code in order else len(order))
    }
    earlier = page.versions.order_by("number")
    return build_version_content(
        page.get_latest_revision_as_object(), found, QuestionnaireKeys(version.content for version in earlier)
    )

"""Page permissions of translated site pages, which are published by their checker."""

from wagtail.models import PagePermissionTester
from wagtail_localize.models import Translation


class TranslatedPagePermissions(PagePermissionTester):
    """Nobody may publish a page with a wagtail-localize translation directly: its checker does."""

    def can_publish(self):
        return super().can_publish() and not _is_translated(self.page)


def _is_translated(page):
    kept = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return kept.filter(enabled=True).exists()

"""Page permissions of translated site pages, which are published by their checker."""

from wagtail.models import PagePermissionTester
from wagtail_localize.models import Translation


class TranslatedPagePermissions(PagePermissionTester):
    """Nobody may publish a page with a wagtail-localize translation directly: its checker does."""

    def can_publish(self):
        kept = Translation.objects.filter(source__object_id=self.page.translation_key, enabled=True)
        return super().can_publish() and not kept.filter(target_locale=self.page.locale_id).exists()

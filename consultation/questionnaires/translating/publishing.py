"""A page of the site in another language is published by its checker, as a consultation is."""

from wagtail.models import PagePermissionTester
from wagtail_localize.models import Translation


class CheckedFirst(PagePermissionTester):
    """The right to publish ends where a page is translated beside its source: there its checker puts it live."""

    def can_publish(self):
        return super().can_publish() and not _is_translated(self.page)


def _is_translated(page):
    kept = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return kept.filter(enabled=True).exists()

"""App configuration: connects receivers, registers checks and installs adapters."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cms.accounts import audit  # noqa: F401  (connects its receivers)
        from cms.backups import receivers  # noqa: F401  (closed accounts stay closed)
        from cms.launch.state import is_live
        from cms.pages.aftermath import became_of
        from cms.security import checks, choosers, limits  # noqa: F401  (registers its checks)
        from consultation.questionnaires import aftermath
        from consultation.respondents import live

        live.ask(is_live)
        aftermath.ask(became_of)
        choosers.install()
        limits.install()
        post_migrate.connect(limits.make_table, sender=self)

"""App configuration: connects receivers, registers checks and installs adapters."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cms import receivers  # noqa: F401

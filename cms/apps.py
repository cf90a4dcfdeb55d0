from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cms.accounts import audit  # noqa: F401  (connects its receivers)
        from cms.backups import receivers  # noqa: F401  (closed accounts stay closed)

"""App configuration: connects receivers, registers checks and installs adapters."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cms.accounts import sign_in_audit, sign_in_limits  # noqa: F401  (connects its receivers)
        from cms.api import receivers as api  # noqa: F401  (a restore revokes tokens)
        from cms.operations.backups import receivers  # noqa: F401  (closed accounts stay closed)
        from cms.operations.launch.live_state import is_live
        from cms.operations.security import chooser_scripts, superuser_checks  # noqa: F401  (registers its checks)
        from cms.site.pages.consultation_outcomes import outcomes_of_consultations
        from cms.staff import question_response_rates  # noqa: F401  (answers the question bank)
        from consultation.respondent_pages import live_status
        from consultation.surveys import consultation_outcome

        live_status.register_live_check(is_live)
        consultation_outcome.register_outcome_lookup(outcomes_of_consultations)
        chooser_scripts.install_chooser_rendering()
        sign_in_limits.install_limits_cache()
        post_migrate.connect(sign_in_limits.create_limits_table, sender=self)

"""App configuration: connects receivers and installs database triggers."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from consultation.audit import triggers
        from consultation.channels.kiosk import receivers as kiosk  # noqa: F401  (the web form on a tablet)
        from consultation.channels.web.survey_rendering import render_survey
        from consultation.reading import receivers  # noqa: F401  (leads' decisions reach the reading desk)
        from consultation.reading.model_retraining import receivers as learned  # noqa: F401  (erased training texts)
        from consultation.reading.staffing import staffing_condition  # noqa: F401  (publication condition)
        from consultation.safeguarding import receivers as safeguarding  # noqa: F401  (deletion markers)
        from consultation.safeguarding.help import linters  # noqa: F401  (validation of help entries)
        from consultation.surveys import draft_preview
        from consultation.surveys import receivers as questionnaires  # noqa: F401  (publishing freezes a version)
        from consultation.surveys import triggers as versions

        connection_created.connect(triggers.register_sqlite_functions, dispatch_uid="audit-teach-sqlite")
        # No sender: the ledger of decisions, a chained table of another app, needs the triggers too.
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="audit-triggers")
        draft_preview.render_survey = render_survey
        post_migrate.connect(versions.install_triggers, sender=self, dispatch_uid="version-triggers")

"""App configuration: connects receivers and installs database triggers."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from consultation.answering.rendering import render_survey
        from consultation.audit import triggers
        from consultation.questionnaires import preview
        from consultation.questionnaires import receivers as questionnaires  # noqa: F401  (publishing freezes a version)
        from consultation.questionnaires import triggers as versions
        from consultation.reading import receivers  # noqa: F401  (leads' decisions reach the reading desk)
        from consultation.reading.retraining import receivers as learned  # noqa: F401  (erased training texts)
        from consultation.reading.staffing import gate  # noqa: F401  (publication condition)
        from consultation.safeguarding import linters  # noqa: F401  (validation of help entries)
        from consultation.safeguarding import receivers as safeguarding  # noqa: F401  (deletion markers)

        connection_created.connect(triggers.teach_sqlite, dispatch_uid="audit-teach-sqlite")
        # No sender: the ledger of decisions, a chained table of another app, needs the triggers too.
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="audit-triggers")
        preview.render_survey = render_survey
        post_migrate.connect(versions.install_after_migrate, sender=self, dispatch_uid="version-triggers")

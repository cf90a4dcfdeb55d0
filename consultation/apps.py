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
        from consultation.questionnaires import receivers as questionnaires  # noqa: F401  (publishing freezes)
        from consultation.questionnaires import triggers as versions
        from consultation.reading import receivers  # noqa: F401  (the desk hears what leads do)
        from consultation.reading.retraining import receivers as learned  # noqa: F401  (words that are gone)
        from consultation.reading.staffing import gate  # noqa: F401  (the gate before publication)
        from consultation.safeguarding import linters  # noqa: F401  (help entries, beside the questions' own linters)
        from consultation.safeguarding import receivers as safeguarding  # noqa: F401  (tombstones)

        connection_created.connect(triggers.teach_sqlite, dispatch_uid="audit-teach-sqlite")
        # For each app: the ledger of decisions is a chained table of another one.
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="audit-triggers")
        preview.render_survey = render_survey
        post_migrate.connect(versions.install_after_migrate, sender=self, dispatch_uid="version-triggers")

"""All receivers of consultation: importing their modules connects them. ConsultationConfig does so when models are there."""

from django.apps import apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from consultation.agencies import first_agencies
from consultation.audit import triggers as audit_triggers
from consultation.branding import current_branding  # noqa: F401  (saved branding)
from consultation.channels.kiosk import receivers as kiosk  # noqa: F401  (the web form on a tablet)
from consultation.channels.web import receivers as web  # noqa: F401  (preview of a draft)
from consultation.emergency_access import receivers as emergency_access  # noqa: F401  (clocks, leads' pages)
from consultation.interface_text import own_translations  # noqa: F401  (the partnership's name, for translation)
from consultation.reading import readiness as reading_readiness  # noqa: F401
from consultation.reading import receivers as reading  # noqa: F401  (leads' decisions reach the reading desk)
from consultation.reading.audit_sample import strategy_provisions as second_reading  # noqa: F401
from consultation.reading.model_retraining import receivers as retraining  # noqa: F401  (erased training texts)
from consultation.reading.panel_words import receivers as panel_words  # noqa: F401  (seals what members write)
from consultation.reading.response_times import strategy_provisions as reading_times  # noqa: F401
from consultation.reading.staffing import staffing_condition  # noqa: F401  (publication condition)
from consultation.safeguarding import readiness as safeguarding_readiness  # noqa: F401
from consultation.safeguarding import receivers as safeguarding  # noqa: F401  (deletion markers)
from consultation.safeguarding import strategy_provisions as safeguarding_provisions  # noqa: F401
from consultation.safeguarding.help import entry_words, linters  # noqa: F401  (own words; validation of help entries)
from consultation.safeguarding.mailbox import receivers as mailbox  # noqa: F401  (clocks, the leads' board)
from consultation.surveys import receivers as surveys  # noqa: F401  (publishing freezes a version)
from consultation.surveys import strategy_provisions as of_surveys  # noqa: F401
from consultation.surveys import triggers as version_triggers
from consultation.surveys.youth_panel import strategy_provisions  # noqa: F401  (declares provisions)

connection_created.connect(audit_triggers.register_sqlite_functions, dispatch_uid="audit-teach-sqlite")
# No sender: the ledger of decisions, a chained table of another app, needs the triggers too.
post_migrate.connect(audit_triggers.install_after_migrate, dispatch_uid="audit-triggers")
post_migrate.connect(
    first_agencies.add_first_agencies, sender=apps.get_app_config("consultation"), dispatch_uid="first-agencies"
)
post_migrate.connect(
    version_triggers.install_triggers, sender=apps.get_app_config("consultation"), dispatch_uid="version-triggers"
)

"""All receivers, system checks and adapters of the site: CmsConfig imports them in `ready()`."""

from django.apps import apps
from django.db.models.signals import post_migrate

from cms.accounts import known_devices, sign_in_audit, sign_in_limits  # noqa: F401
from cms.accounts import readiness as accounts_readiness  # noqa: F401
from cms.api import actions as api  # noqa: F401  (a restore revokes tokens)
from cms.operations.backups import readiness as backups_readiness  # noqa: F401
from cms.operations.backups import receivers as backups  # noqa: F401  (closed accounts stay closed)
from cms.operations.doctor import readiness as doctor_readiness  # noqa: F401
from cms.operations.launch import live_state  # noqa: F401  (the notice before launch)
from cms.operations.launch import readiness as launch_readiness  # noqa: F401
from cms.operations.postgresql import readiness as postgresql_readiness  # noqa: F401
from cms.operations.scheduler import readiness as scheduler_readiness  # noqa: F401
from cms.operations.scheduler import receivers as scheduler_receivers  # noqa: F401
from cms.operations.security import chooser_scripts, superuser_checks  # noqa: F401
from cms.operations.security import readiness as security_readiness  # noqa: F401
from cms.site.news import strategy_provisions as news_provisions  # noqa: F401
from cms.site.pages import consultation_outcomes  # noqa: F401  (outcomes of closed consultations)
from cms.staff import question_response_rates  # noqa: F401  (answers the question bank)
from cms.staff.partner_access import actions as partner_access  # noqa: F401  (releases for one agency)
from cms.staff.partner_access import strategy_provisions as of_partners  # noqa: F401

post_migrate.connect(sign_in_limits.create_limits_table, sender=apps.get_app_config("cms"))
chooser_scripts.install_chooser_rendering()
sign_in_limits.install_limits_cache()

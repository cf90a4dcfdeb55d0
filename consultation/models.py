"""Only imports: Django looks for an app's models here. Import from the capability itself."""

from consultation.audit.models import *  # noqa: F403
from consultation.branding.models import *  # noqa: F403
from consultation.channels.group.models import *  # noqa: F403
from consultation.channels.imports.models import *  # noqa: F403
from consultation.channels.invitation_codes.models import *  # noqa: F403
from consultation.channels.kiosk.models import *  # noqa: F403
from consultation.channels.short_links.models import *  # noqa: F403
from consultation.emergency_access.models import *  # noqa: F403
from consultation.interface_text.models import *  # noqa: F403
from consultation.permissions import *  # noqa: F403
from consultation.reading.allow_list.models import *  # noqa: F403
from consultation.reading.audit_sample.models import *  # noqa: F403
from consultation.reading.model_retraining.models import *  # noqa: F403
from consultation.reading.models import *  # noqa: F403
from consultation.reading.staffing.models import *  # noqa: F403
from consultation.receipts.heard_back.models import *  # noqa: F403
from consultation.receipts.models import *  # noqa: F403
from consultation.responses.models import *  # noqa: F403
from consultation.safeguarding.duty_rota.models import *  # noqa: F403
from consultation.safeguarding.models import *  # noqa: F403
from consultation.safeguarding.referrals.models import *  # noqa: F403
from consultation.surveys.approval.models import *  # noqa: F403
from consultation.surveys.models import *  # noqa: F403
from consultation.surveys.schedule.models import *  # noqa: F403
from consultation.surveys.translations.models import *  # noqa: F403
from consultation.surveys.validation.models import *  # noqa: F403

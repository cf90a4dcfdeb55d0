"""Only imports: Django looks for an app's models here. Import from the capability itself."""

from consultation.answering.codes.models import *  # noqa: F403
from consultation.answering.group.models import *  # noqa: F403
from consultation.answering.imports.models import *  # noqa: F403
from consultation.answering.kiosk.models import *  # noqa: F403
from consultation.answering.links.models import *  # noqa: F403
from consultation.appearance.models import *  # noqa: F403
from consultation.audit.models import *  # noqa: F403
from consultation.permissions import *  # noqa: F403
from consultation.questionnaires.linting.models import *  # noqa: F403
from consultation.questionnaires.models import *  # noqa: F403
from consultation.questionnaires.timing.models import *  # noqa: F403
from consultation.questionnaires.translating.models import *  # noqa: F403
from consultation.reading.known.models import *  # noqa: F403
from consultation.reading.models import *  # noqa: F403
from consultation.reading.originals.models import *  # noqa: F403
from consultation.reading.retraining.models import *  # noqa: F403
from consultation.reading.second_look.models import *  # noqa: F403
from consultation.reading.staffing.models import *  # noqa: F403
from consultation.receipts.heard.models import *  # noqa: F403
from consultation.receipts.models import *  # noqa: F403
from consultation.responses.models import *  # noqa: F403
from consultation.safeguarding.duty.models import *  # noqa: F403
from consultation.safeguarding.emergency.models import *  # noqa: F403
from consultation.safeguarding.models import *  # noqa: F403
from consultation.words.models import *  # noqa: F403

"""Only imports: Django looks for an app's models here. Import from the capability itself."""

from insights.checks.models import *  # noqa: F403
from insights.coding.agreement.models import *  # noqa: F403
from insights.coding.codebooks.models import *  # noqa: F403
from insights.coding.desk.models import *  # noqa: F403
from insights.coding.discovery.models import *  # noqa: F403
from insights.coding.learning.models import *  # noqa: F403
from insights.coding.models import *  # noqa: F403
from insights.decisions.models import *  # noqa: F403
from insights.exports.models import *  # noqa: F403
from insights.exports.pdf.models import *  # noqa: F403
from insights.intake.models import *  # noqa: F403
from insights.permissions import *  # noqa: F403
from insights.reach.models import *  # noqa: F403
from insights.reports.models import *  # noqa: F403
from insights.reports.voices.models import *  # noqa: F403
from insights.results.models import *  # noqa: F403

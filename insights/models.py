"""Only imports: Django looks for an app's models here. Import from the capability itself."""

from insights.coding.blind_samples.models import *  # noqa: F403
from insights.coding.codebooks.models import *  # noqa: F403
from insights.coding.confirmation.models import *  # noqa: F403
from insights.coding.desk.models import *  # noqa: F403
from insights.coding.discovery.models import *  # noqa: F403
from insights.coding.learning.models import *  # noqa: F403
from insights.coding.models import *  # noqa: F403
from insights.corpus.models import *  # noqa: F403
from insights.decisions.agencies.models import *  # noqa: F403
from insights.decisions.ledger.models import *  # noqa: F403
from insights.decisions.models import *  # noqa: F403
from insights.decisions.outcomes.models import *  # noqa: F403
from insights.decisions.unanswered.models import *  # noqa: F403
from insights.exports.models import *  # noqa: F403
from insights.exports.pdf.models import *  # noqa: F403
from insights.permissions import *  # noqa: F403
from insights.publications.member_checks.models import *  # noqa: F403
from insights.publications.models import *  # noqa: F403
from insights.quarter_counts.models import *  # noqa: F403
from insights.releases.merged_groups.models import *  # noqa: F403
from insights.releases.minority_views.models import *  # noqa: F403
from insights.releases.models import *  # noqa: F403
from insights.releases.release_builder.models import *  # noqa: F403
from insights.representation.models import *  # noqa: F403
from insights.summaries.models import *  # noqa: F403
from insights.workspace.saved.models import *  # noqa: F403

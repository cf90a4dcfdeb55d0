"""Imports only, because Django expects an app's models here. Elsewhere, import from the capability's own module."""

from cms.accounts.agreements import *  # noqa: F403
from cms.accounts.models import *  # noqa: F403
from cms.api.models import *  # noqa: F403
from cms.operations.launch.models import *  # noqa: F403
from cms.operations.scheduler.models import *  # noqa: F403
from cms.operations.service_state.models import *  # noqa: F403
from cms.site.hear_by_right.models import *  # noqa: F403
from cms.site.news.models import *  # noqa: F403
from cms.site.page_approval.models import *  # noqa: F403
from cms.site.pages.models import *  # noqa: F403

"""Imports only, because Django expects an app's models here. Elsewhere, import from the capability's own module."""

from cms.accounts.agreements import *  # noqa: F403
from cms.accounts.models import *  # noqa: F403
from cms.api.models import *  # noqa: F403
from cms.launch.models import *  # noqa: F403
from cms.news.models import *  # noqa: F403
from cms.pages.models import *  # noqa: F403
from cms.standards.models import *  # noqa: F403
from cms.worker.models import *  # noqa: F403

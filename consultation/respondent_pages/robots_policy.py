"""Which public pages search engines may index, and which have sharing cards and feeds.

An allow list, so a new page is excluded by default. Never on it: the survey, receipts, contact, help and its search,
safer browsing. Nothing is indexable until the site is live.
"""

import re

from consultation.respondent_pages.live_status import is_site_live

INDEXABLE_PATHS = re.compile(
    r"/[a-z]{2,3}/(?:"
    r"(?:have-your-say/(?:[-\w]+/(?:results/)?)?"
    r"|you-said-we-did/(?:[-\w]+/)?"
    r"|results/(?:[-\w]+/)?"
    r"|news/(?:[-\w]+/)?"
    r"|hear-by-right/|pledges/|what-groups-do/"
    r"|privacy/|privacy-adults/|accessibility/|about/)"
    r")?"
)
# No cached copies: a page that we take down must be gone everywhere.
INDEXABLE_TAG = "noarchive"


def may_be_indexed(path: str, query: str = "") -> bool:
    """For a public page that answers 200. An address with a query string duplicates the page without one."""
    return not query and bool(INDEXABLE_PATHS.fullmatch(path)) and is_site_live()


def build_robots_tag(path: str, query: str, status: int, kept_out: str) -> str:
    """The X-Robots-Tag header of a response; `kept_out` is the value for pages that may not be indexed."""
    return INDEXABLE_TAG if status == 200 and may_be_indexed(path, query) else kept_out

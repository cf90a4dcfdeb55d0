"""Which public pages may stand in a search engine, have a card when they are shared, and a feed.

An allow list: a page that nobody thought of stays out. Never in it: the survey, the way back with four words, contact,
help and what someone looks for, safer browsing. Nothing at all until the site is live.
"""

import re

from consultation.respondents.live import is_live

OPEN_TO_ROBOTS = re.compile(
    r"/[a-z]{2,3}/(?:"
    r"(?:have-your-say/(?:[-\w]+/(?:results/)?)?"
    r"|you-said-we-did/(?:[-\w]+/)?"
    r"|results/(?:[-\w]+/)?"
    r"|news/(?:[-\w]+/)?"
    r"|hear-by-right/"
    r"|privacy/|privacy-adults/|accessibility/|about/)"
    r")?"
)
# Nobody keeps a copy: a page that we take down is gone.
MAY = "noarchive"


def may_be_indexed(path: str, query: str = "") -> bool:
    """Of a public page that answers 200; an address with a question in it is the same page again."""
    return not query and bool(OPEN_TO_ROBOTS.fullmatch(path)) and is_live()


def tag_for(path: str, query: str, status: int, kept_out: str) -> str:
    """The X-Robots-Tag of an answer: `kept_out` is the house's own."""
    return MAY if status == 200 and may_be_indexed(path, query) else kept_out

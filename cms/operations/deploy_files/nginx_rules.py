"""What the front proxy (nginx) may log of a request, and which requests it counts by address (A6, A9).

Client addresses stay in the proxy's memory, for its limits only.
"""

import re

# The first match decides. Answers, short links, tablets and codes share one class, so the log cannot tell them apart.
ROUTES = (
    (r"^/(staff|insights|accounts|documents|api)/", "staff"),
    (r"^/(static|media|look)/", "files"),
    (r"^/(livez|healthz|readyz)$", "health"),
    (r"^/[a-z-]+/have-your-say/[^/]+/(answer|code|heard)/", "answer"),
    (r"^/(go/|[a-z-]+/(kiosk|panel)/)", "answer"),
    (r"^/[a-z-]+/(help|contact|safer)", "help"),
    (r"^/[a-z-]+/receipt/", "receipt"),
)
OTHER_ROUTES = "public"
# Paths where a secret can be guessed (receipt words, codes, tablet PIN) or a poll or form stuffed. Only POSTs count.
# The proxy cannot tell wrong from right, and a school of 200 enters codes from one address within a lesson.
LIMITED_PATHS = r"^POST /[a-z-]+/(receipt/$|have-your-say/[^/]+/(code|heard)/|kiosk/|panel/|what-groups-do/)"


def route_class(path: str) -> str:
    return next((name for pattern, name in ROUTES if re.search(pattern, path)), OTHER_ROUTES)

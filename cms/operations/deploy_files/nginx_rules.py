"""What the front proxy (nginx) may log of a request, and which requests it counts by address (A6, A9).

Client addresses stay in the proxy's memory, for its limits only.
"""

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
# nginx writes an IPv6 address in its shortest form, with "::" in place of the longest row of zeros.
_BEFORE_ZEROS = (r"^(?P<before_zeros>[0-9a-f:]*::)[0-9a-f:]*$", "$before_zeros")
# An address to count by: of IPv6 the first half, since a home or a phone has all the rest to itself.
NETWORKS = ((r"^(?P<four_groups>(?:[0-9a-f]+:){4})", "$four_groups"), _BEFORE_ZEROS)
# A whole site's: one customer may have all 65,536 networks of it.
SITES = ((r"^(?P<three_groups>(?:[0-9a-f]+:){3})", "$three_groups"), _BEFORE_ZEROS)
# POSTs that cost the site a slow hash (four words, PINs): nginx spaces those of one site out, so that they take the
# place of no other's.
SLOW_PATHS = r"^POST /[a-z-]+/(receipt|kiosk|contact)/"
# A Send is never refused for its number. Past FLOOD_TIMES in ten minutes from one address it is held from figures.
SENDS = r"^POST /[a-z-]+/have-your-say/[^/]+/answer/$"
# Paths where a secret can be guessed (receipt words, codes, tablet PIN) or a poll or form stuffed. Only POSTs count.
# The proxy cannot tell wrong from right, and a school of 200 enters codes from one address within a lesson.
LIMITED_PATHS = r"^POST /[a-z-]+/(receipt/$|have-your-say/[^/]+/(code|heard)/|kiosk/|panel/|what-groups-do/)"

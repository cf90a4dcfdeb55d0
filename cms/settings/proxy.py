"""Configuration of the front proxy (nginx) for logs and rate limits (A6, A9), printed by `manage.py proxy_config`.

Client addresses stay in the proxy's memory, for its limits only.
"""

import re

# The first match decides. Answers, short links, tablets and codes share one class, so the log cannot tell them apart.
ROUTES = (
    (r"^/(staff|insights|accounts|documents|api)/", "staff"),
    (r"^/(static|media|look)/", "files"),
    (r"^/(healthz|readyz)$", "health"),
    (r"^/[a-z-]+/have-your-say/[^/]+/(answer|code|heard)/", "answer"),
    (r"^/(go/|[a-z-]+/(kiosk|panel)/)", "answer"),
    (r"^/[a-z-]+/(help|contact|safer)", "help"),
    (r"^/[a-z-]+/receipt/", "receipt"),
    (r"", "public"),
)
# Paths where a secret can be guessed (receipt words, codes, tablet PIN) or a poll or form stuffed. Only POSTs count.
# The proxy cannot tell wrong from right, and a class of 30 enters codes from one address, so the limits are generous.
LIMITED_PATHS = r"^POST /[a-z-]+/(receipt/$|have-your-say/[^/]+/(code|heard)/|kiosk/|panel/|what-groups-do/)"
TEXT = """# In the http block of nginx. Keep what it writes for 7 days (logrotate: daily, rotate 7).
map $time_iso8601 $day {{ ~^(?<d>\\d{{4}}-\\d\\d-\\d\\d) $d; default -; }}
map $uri $route_class {{
{routes}
}}
log_format voice '$day $request_method $route_class $status';
access_log /var/log/nginx/voice.log voice;
error_log /dev/stderr crit;
limit_req_zone $binary_remote_addr zone=answers:10m rate=300r/m;
map "$request_method $uri" $guess {{ "~{guesses}" $binary_remote_addr; default ""; }}
limit_req_zone $guess zone=guesses:10m rate=6r/m;

# In the location that leads to the site; a school that sends at once is slowed down a little.
# Only a flood from one address is told to try again later; the page keeps what was typed.
limit_req zone=answers burst=500;
limit_req zone=guesses burst=60 nodelay;
limit_req_status 503;
proxy_set_header X-Forwarded-For "";
proxy_set_header X-Real-IP "";
proxy_set_header Forwarded "";
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header Host $host;
"""


def route_class(path):
    return next(name for pattern, name in ROUTES if re.search(pattern, path))


def build_proxy_configuration():
    lines = [f"    {'~' + pattern if pattern else 'default'} {name};" for pattern, name in ROUTES]
    return TEXT.format(routes="\n".join(lines), guesses=LIMITED_PATHS)

"""What the server files say: one plan, from which every file is rendered."""

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import override, pgettext

from cms.operations.deploy_files import nginx_rules
from cms.operations.first_run.environment_files import quote_value
from cms.operations.version import read_version
from cms.settings.variables import GROUPS, Variable
from consultation.channels.imports.file_sealing import MAX_UPLOAD_BYTES
from consultation.interface_text.text_table import LANGUAGES, WORDS
from consultation.respondent_pages.body_limit import MAX_BODY_BYTES

ANSWER_BODY, STAFF_BODY = f"{MAX_BODY_BYTES // 1024**2}m", "8m"
# Staff's files, by the address that takes them.
LARGER_BODIES = (
    ("/staff/imports/", f"{MAX_UPLOAD_BYTES // 1_000_000 + 4}m"),
    ("/staff/exchange/", "24m"),
    ("/staff/images/", "24m"),
    ("/staff/documents/", "64m"),
)


@dataclass(frozen=True)
class ServerPlan:
    """Hosts, addresses and folders of a server. Without `logs` nginx keeps none: the output of a container gets the time of
    each line."""

    public_host: str = "say.example.org"
    staff_host: str = "staff.example.org"
    home: str = "/opt/voice"
    etc_dir: str = "/etc/voice"
    var_dir: str = "/var/lib/voice"
    log_dir: str = "/var/log/voice"
    backup_dir: str = "/backup/voice"
    certificates: str = "/etc/voice/tls"
    acme_dir: str = "/var/www/html"  # of Debian's first page, so that certbot works before our nginx.conf is there
    pages_dir: str = "/usr/share/voice"
    cache_dir: str = "/var/cache/nginx/voice"
    public_address: str = "127.0.0.1:8001"
    staff_address: str = "127.0.0.1:8002"
    http_listens: tuple[str, ...] = ("80", "[::]:80")
    https_listens: tuple[str, ...] = ("443", "[::]:443")
    user: str = "www-data"
    pid: str = "/run/nginx.pid"
    logs: bool = True
    sends_at_once: int = 400  # of one address: a large school’s, and not all that the site can take
    monitors: tuple[str, ...] = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")

    def build_context(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "version": read_version(),
            "access_log": f"{self.log_dir}/nginx.log voice" if self.logs else "off",
            "error_log": f"{self.log_dir}/nginx-error.log" if self.logs else "/dev/stderr",
            "routes": nginx_rules.ROUTES,
            "other_routes": nginx_rules.OTHER_ROUTES,
            "limited_paths": nginx_rules.LIMITED_PATHS,
            "slow_paths": nginx_rules.SLOW_PATHS,
            "sends": nginx_rules.SENDS,
            "flood_times": settings.FLOOD_TIMES,
            "flood_per_minute": settings.FLOOD_TIMES // 10,
            "networks": {"network": nginx_rules.NETWORKS, "site": nginx_rules.SITES},
            "hosts": ((self.public_host, "public", ANSWER_BODY, 65), (self.staff_host, "staff", STAFF_BODY, 120)),
            "larger": LARGER_BODIES,
            "groups": {group: [(one, self._write_sample(one)) for one in GROUPS[group]] for group in GROUPS},
            "busy": [(one.code, _say_busy(one.code), one.direction) for one in LANGUAGES],
        }

    def _write_sample(self, one: Variable) -> str:
        """Its value in the sample, in the quotes that a shell needs."""
        return quote_value((one.example or one.default).replace("VAR_DIR", self.var_dir))


def _say_busy(language: str) -> str:
    """Without a database, which holds corrections: the files are made before there is one."""
    with override(language):
        return pgettext("error.broken", WORDS["error.broken"].text)

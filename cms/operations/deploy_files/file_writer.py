"""Writes the server's files from the templates beside this module. Files under helm/templates are Helm's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from cms.operations.deploy_files.server_plan import ServerPlan

TEMPLATES = Path(__file__).parent / "templates"
METRICS = TEMPLATES.parent.parent / "metrics"  # rules, scrape settings and dashboard for Prometheus and Grafana
PARTS = ("systemd/hardening",)  # included by others
TO_FILL_IN = "change-me"  # the operator writes a password in its place
ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=False)
CONTAINER: dict[str, Any] = {
    "user": "",
    "pid": "/tmp/nginx.pid",  # noqa: S108
    "logs": False,
    "public_address": "public:8000",
    "staff_address": "staff:8000",
}


def build_files(plan: ServerPlan) -> Iterator[tuple[str, str]]:
    """(path under the folder, content) of each file."""
    for path in sorted(TEMPLATES.rglob("*")):
        name = path.relative_to(TEMPLATES).as_posix()
        if path.is_dir() or name in PARTS:
            continue
        if name.startswith("helm/templates/"):
            yield name, path.read_text(encoding="utf-8")
        else:
            yield name, render_file(name, plan)
    for path in sorted([*METRICS.glob("*.yaml"), *METRICS.glob("*.json")]):
        content = path.read_text(encoding="utf-8").replace("staff.example.org", plan.staff_host)
        yield f"metrics/{path.name}", content
    yield "containers/nginx.conf", render_file("nginx/nginx.conf", replace(plan, **CONTAINER))


def render_file(name: str, plan: ServerPlan) -> str:
    return ENGINE.get_template(name).render(Context(plan.build_context(), autoescape=False))


def write_files(folder: Path, plan: ServerPlan) -> list[Path]:
    made = []
    for name, content in build_files(plan):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if TO_FILL_IN in content:
            path.touch(mode=0o600)
            path.chmod(0o600)
        path.write_text(content, encoding="utf-8")
        if content.startswith("#!"):
            path.chmod(0o755)
        made.append(path)
    return made

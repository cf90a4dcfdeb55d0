"""A monitor learns whether all is well, and never when or in which order answers came."""

import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from cms.operations.backups.actions import VERIFIED
from cms.operations.metrics import site_metrics
from cms.operations.version import read_version
from consultation.audit.audit_log import record_event
from consultation.responses.models import Response
from tests.factories import response

FOLDER = Path(site_metrics.__file__).parent
TODAY = timezone.localdate()


@pytest.fixture
def scraped(client, settings, db):
    """scraped(): {name with labels: value} as a monitor reads them."""
    settings.METRICS_TOKEN = "a token for the monitor"

    def scrape():
        page = client.get("/api/metrics", headers={"authorization": "Bearer a token for the monitor"})
        assert page.status_code == 200 and page["Content-Type"].startswith("text/plain")
        lines = [line for line in page.content.decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    return scrape


@pytest.mark.parametrize("token", ["", "another", "a token for the monitor"])
def test_without_the_token_there_is_nothing_there(client, settings, db, token):
    settings.METRICS_TOKEN = "" if token.startswith("a token") else "a token for the monitor"
    assert client.get("/api/metrics", headers={"authorization": f"Bearer {token}"}).status_code == 404
    assert client.get("/api/metrics").status_code == 404


def test_checks_backup_version_and_disk(scraped):
    before = scraped()
    assert before['voice_check_ok{alarm="yes",check="backup"}'] == 0 and "voice_backup_age_seconds" not in before
    record_event(VERIFIED, day=(TODAY - timedelta(days=1)).isoformat())
    after = scraped()
    assert (
        after['voice_check_ok{alarm="yes",check="backup"}'] == 1
        and after["voice_backup_age_seconds"] == site_metrics.DAY
    )
    assert after[f'voice_version_info{{version="{read_version()}"}}'] == 1
    assert 0 < after["voice_disk_free_ratio"] <= 1
    assert after["voice_database_bytes"] % site_metrics.COARSE_BYTES == 0 < after["voice_database_bytes"]


def test_answers_are_counted_once_their_day_is_over_and_from_ten_up(home, scraped):
    from tests.factories import consultation, question

    _, version = consultation(home, items=[question("a", options=["Yes", "No"])])
    empty = scraped()
    for number in range(10):
        response(version, closed={"a": "1"})
        assert scraped() == empty, f"{number + 1} of today: no figure moved"
    Response.objects.update(day=TODAY - timedelta(days=1))
    assert scraped()["voice_answers_of_yesterday"] == 10
    Response.objects.first().delete()
    assert scraped()["voice_answers_of_yesterday"] == 0, "nine of a day are not told"


def names_in(text):
    return set(re.findall(r"\bvoice_\w+", text))


def test_rules_and_dashboard_ask_for_metrics_that_exist(scraped):
    record_event(VERIFIED, day=TODAY.isoformat())
    exported = {name.partition("{")[0] for name in scraped()}
    rules = yaml.safe_load((FOLDER / "alert_rules.yaml").read_text())
    asked = names_in(" ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"]))
    panels = json.loads((FOLDER / "grafana_dashboard.json").read_text())["panels"]
    shown = names_in(" ".join(target["expr"] for panel in panels for target in panel["targets"]))
    assert len(asked) == 4 and asked <= shown <= exported
    assert exported - shown == {"voice_version_info"}
    assert len({panel["id"] for panel in panels}) == len(panels) == 7


@pytest.mark.prometheus
def test_prometheus_takes_rules_settings_and_figures(client, settings, db):
    settings.METRICS_TOKEN = "t"
    page = client.get("/api/metrics", headers={"authorization": "Bearer t"}).content
    for *command, given in (
        ("check", "rules", FOLDER / "alert_rules.yaml", None),
        ("check", "config", "--syntax-only", FOLDER / "prometheus_scrape.yaml", None),
        ("check", "metrics", page),
    ):
        done = subprocess.run([shutil.which("promtool"), *command], input=given, capture_output=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)

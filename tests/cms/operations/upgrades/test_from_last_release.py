"""The database of the last release, with the demo's data, becomes that of this code: nothing is lost, both records are
whole, and the pages answer.
"""

import gzip
import json

import pytest

from tests import postgres
from tests.cms.operations.upgrades import last_release
from tests.production_site import VENDORS, keys, scratch_site

# What people sent and what was decided: as many rows before and after.
KEPT = (
    "cms_user", "consultation_response", "consultation_answer", "consultation_reading", "consultation_triagecase",
    "consultation_auditentry", "consultation_publishedversion", "consultation_receipt", "insights_text",
    "insights_release", "insights_decision", "insights_ledgerentry",
)  # fmt: skip
COUNT = f"""
import json
from django.db import connection
with connection.cursor() as cursor:
    found = {{}}
    for name in {KEPT!r}:
        cursor.execute(f"SELECT count(*) FROM {{name}}")
        found[name] = cursor.fetchone()[0]
print(json.dumps(found))
"""
LOOK = """
import json
from django.test import Client
from cms.accounts.models import User
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import PublishedVersion
from insights.releases.models import Release
found = {}
def look(name, client, path):
    found[name] = client.get(path, headers={"host": "127.0.0.1"}).status_code
public, version = Client(), PublishedVersion.objects.order_by("pk").first()
look("home", public, "/en/")
look("survey", public, f"/en/have-your-say/{version.page.slug}/answer/")
look("decisions", public, "/en/you-said-we-did/")
for email, path in (("reader1", "/staff/reading/"), ("lead1", "/staff/safeguarding/"), ("planner", "/insights/")):
    client = Client()
    client.force_login(User.objects.get(email__startswith=email), "django.contrib.auth.backends.ModelBackend")
    look(path, client, path)
client.force_login(User.objects.get(email__startswith="officer1"), "django.contrib.auth.backends.ModelBackend")
look("task list", client, "/staff/task-list/")
found["opened"] = sum(bool(open_sealed_text(one.sealed)) for one in Answer.objects.exclude(sealed=b"")[:20])
found["releases"] = [release.pk for release in Release.objects.all() if release.verification]
print(json.dumps(found))
"""


def bring_back_last_release(site, vendor, tmp_path):
    if vendor == "postgres":
        (tmp_path / "release.sql").write_bytes(gzip.decompress(last_release.POSTGRESQL_FILE.read_bytes()))
        postgres.load(tmp_path / "release.sql", site.database_url)
    else:
        path = site.database_url.removeprefix("sqlite:///")
        with open(path, "wb") as file:
            file.write(gzip.decompress(last_release.SQLITE_FILE.read_bytes()))


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_the_last_releases_database_is_upgraded_with_all_its_data(vendor, tmp_path):
    with scratch_site(vendor, keys()) as site:
        bring_back_last_release(site, vendor, tmp_path)
        before = json.loads(site.manage("shell", "-v0", "-c", COUNT))
        assert all(before.values()), before
        site.manage("migrate", "-v0")
        assert json.loads(site.manage("shell", "-v0", "-c", COUNT)) == before
        assert "is whole" in site.manage("verify_audit") and "is whole" in site.manage("verify_ledger")
        found = json.loads(site.manage("shell", "-v0", "-c", LOOK))
        releases = found.pop("releases")
        assert releases and [site.manage("verify_release", pk) for pk in releases[:1]]
        assert found.pop("opened") == 20, "sealed words still open"
        assert set(found.values()) == {200}, found

"""The drill: a machine is lost, and another one is set up from the off-site copy alone, in production's settings."""

import json
from pathlib import Path

import pytest

from tests.production_site import VENDORS, keys, scratch_site

PEOPLE = """
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from cms.accounts.models import User
from cms.accounts.roles import sync_roles
from consultation.surveys.models import PublishedVersion
from tests.factories import response
sync_roles()
reader = User.objects.create_user("reader@staff.test", "correct horse battery")
reader.groups.add(Group.objects.first())
session = SessionStore()
session["_auth_user_id"] = str(reader.pk)
session.save()
version = PublishedVersion.objects.get()
for words in ("The bus stop is dark.", "I took this back."):
    response(version, closed={"a": "1"}, texts={"b": words})
default_storage.save("original_images/drawing.png", ContentFile(b"PNG"))
"""
TAKEN_BACK = """
from cms.operations.backups.tasks import write_deletion_journal
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
[mine] = [one for one in Answer.objects.all() if open_sealed_text(one.sealed) == "I took this back."]
withdraw_response(response=mine.response)
write_deletion_journal.call()
"""
FOUND = """
import json
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from cms.accounts.models import User
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
with default_storage.open("original_images/drawing.png") as file:
    drawing = file.read().decode()
print(json.dumps({
    "words": [open_sealed_text(one.sealed) for one in Answer.objects.all()],
    "signed in": Session.objects.count(),
    "with a role": User.objects.filter(groups__isnull=False).count(),
    "password": User.objects.get(email="reader@staff.test").has_usable_password(),
    "drawing": drawing,
}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_a_lost_machine_comes_back_from_the_second_place(vendor, tmp_path):
    away = {"BACKUP_COPY": str(tmp_path / "away")}
    with scratch_site(vendor, keys()) as lost:
        lost.environment |= away
        lost.make_tables()
        lost.python("-m", "tests.house.small_survey")
        lost.manage("shell", "-v0", "-c", PEOPLE)
        assert "both records are whole, 1 files of media" in lost.manage("backup")
        lost.manage("shell", "-v0", "-c", TAKEN_BACK)
        machine = Path(lost.folder)
    assert not machine.exists()
    with scratch_site(vendor, keys()) as found:
        found.environment |= away
        said = found.manage("restore", "--fetch", "--yes")
        assert "Checked: 100 %" in said and "Restored: 100 %" in said and "Taken out again: 1 responses." in said
        assert "1 files of media" in said
        assert "The audit log is whole" in found.manage("verify_audit")
        assert "The ledger is whole" in found.manage("verify_ledger")
        assert json.loads(found.manage("shell", "-v0", "-c", FOUND)) == {
            "words": ["The bus stop is dark."],
            "signed in": 0,
            "with a role": 0,
            "password": False,
            "drawing": "PNG",
        }


@pytest.mark.slow
def test_another_secret_key_is_refused_before_anything_changes(tmp_path):
    """By SECRET_KEY the deletion markers find what to erase again: by another one they would find nothing."""
    away = {"BACKUP_COPY": str(tmp_path / "away")}
    with scratch_site("sqlite", keys()) as lost:
        lost.environment |= away
        lost.make_tables()
        lost.python("-m", "tests.house.small_survey")
        lost.manage("shell", "-v0", "-c", PEOPLE)
        lost.manage("backup", "--no-verify")
        with pytest.raises(RuntimeError, match="SECRET_KEY is not the one"):
            other = lost.environment | {
                "SECRET_KEY": "another one, as long as it has to be in production: " + "x" * 20
            }
            lost.environment = other
            lost.manage("restore", "--fetch", "--yes")

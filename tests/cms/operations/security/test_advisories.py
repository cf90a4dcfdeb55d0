"""Known weaknesses, from a folder laid out as the Python advisory database is."""

import pytest
from django.core.management import CommandError, call_command

from cms.management.commands import advisories as command
from cms.operations.security.advisories import find_advisories
from cms.operations.security.locked_packages import LockedPackage

ADVISORY = """\
id: PYSEC-2024-70
aliases: [CVE-2024-42005]
affected:
- package: {ecosystem: PyPI, name: Django}
  ranges:
  - type: ECOSYSTEM
    events:
    - introduced: "5.0"
    - fixed: 5.0.8
    - introduced: "0"
    - fixed: 4.2.15
  versions: ["9.9"]
"""


def find(tmp_path, version, text=ADVISORY):
    folder = tmp_path / "vulns" / "django"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "PYSEC-2024-70.yaml").write_text(text)
    return [str(each) for each in find_advisories([LockedPackage("django", version, ())], tmp_path)]


@pytest.mark.parametrize(
    ("version", "affected"),
    [("4.2.14", True), ("4.2.15", False), ("5.0", True), ("5.0.7", True), ("5.0.10", False), ("9.9", True)],
)
def test_a_version_is_affected_from_an_introduction_to_its_mending(tmp_path, version, affected):
    told = f"django {version}: PYSEC-2024-70 (CVE-2024-42005), mended in 5.0.8, 4.2.15"
    assert find(tmp_path, version) == ([told] if affected else [])


def test_a_weakness_without_a_mending_says_so(tmp_path):
    text = ADVISORY.replace("- fixed: 5.0.8", "- last_affected: 5.0.7").replace("- fixed: 4.2.15", "- limit: 4.3")
    assert find(tmp_path, "5.0.7", text)[0].endswith("not mended yet")
    assert find(tmp_path, "5.0.8", text) == []


def test_what_was_withdrawn_is_no_weakness(tmp_path):
    assert find(tmp_path, "5.0", ADVISORY + "withdrawn: 2024-10-01T00:00:00Z\n") == []


def test_the_command_fails_on_a_weakness_and_on_a_folder_without_advisories(tmp_path, monkeypatch, capsys):
    with pytest.raises(CommandError, match="no checkout"):
        call_command("advisories", str(tmp_path))
    find(tmp_path, "1")
    call_command("advisories", str(tmp_path))
    assert "no known weakness" in capsys.readouterr().out
    monkeypatch.setattr(command, "list_locked_packages", lambda: [LockedPackage("django", "5.0.1", ())])
    with pytest.raises(CommandError, match="PYSEC-2024-70"):
        call_command("advisories", str(tmp_path))

"""One command upgrades a list of installations, and stops at the first that is not sound."""

import io
import os
import subprocess

import pytest
from django.core.management import call_command

SSH = """#!/bin/sh
printf '%s: %s\\n' "$1" "$2" >>"$ASKED"
[ "$1" != "$BROKEN" ]
"""


@pytest.fixture
def upgrade(tmp_path):
    """upgrade(lines, revision, broken): (exit code, what it says, what each machine was asked)."""
    call_command("deploy_files", str(tmp_path / "deploy"), stdout=io.StringIO())
    (tmp_path / "ssh").write_text(SSH)
    (tmp_path / "ssh").chmod(0o755)

    def run(lines, revision="v0.2.0", broken=""):
        (tmp_path / "sites").write_text(lines)
        asked = tmp_path / "asked"
        environment = os.environ | {
            "PATH": f"{tmp_path}:{os.environ['PATH']}", "ASKED": str(asked), "BROKEN": broken
        }  # fmt: skip
        command = [tmp_path / "deploy" / "voice-upgrade-all", tmp_path / "sites", revision]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr, asked.read_text() if asked.exists() else ""

    return run


def test_each_machine_is_backed_up_upgraded_restarted_and_looked_at(upgrade):
    code, said, asked = upgrade("north.example.org\n# to come: east\n\n south.example.org  # since May\n")
    assert (code, said.splitlines()[-1]) == (0, "All are upgraded and sound.")
    assert [line.split(":")[0] for line in asked.splitlines() if "example.org" in line] == [
        "north.example.org",
        "south.example.org",
    ]
    steps = ["voice backup", "git checkout -q v0.2.0", "voice prepare_site", "systemctl restart", "voice doctor"]
    first = asked.split("south")[0]
    assert sorted(steps, key=first.index) == steps


def test_the_first_that_is_not_sound_ends_it(upgrade):
    code, said, asked = upgrade("north\neast\nsouth\nwest\n", broken="east")
    assert code == 1
    assert "east is not sound; 2 after it were not touched." in said
    assert "south" not in asked


@pytest.mark.parametrize(("lines", "revision"), [("# none\n", "v1"), ("north\n", "v1; reboot"), ("north\n", "$(id)")])
def test_an_empty_list_or_a_strange_revision_is_refused(upgrade, lines, revision):
    code, said, asked = upgrade(lines, revision)
    assert (code, asked) == (2, "") and said

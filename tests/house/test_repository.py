"""The repository's papers are true, no file names a machine or a secret, and no file is too long."""

import ast
import builtins
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from cms.operations.deploy_files.file_writer import build_files
from cms.operations.deploy_files.server_plan import ServerPlan
from cms.settings.variables import VARIABLES, build_settings_table
from tests.benchmarks.table import written_readme
from tests.missing_programs import explain_no_mounts

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
        pytest.skip("this is a copy without .git, so the rules for source files are not checked")


def test_no_source_file_is_longer_than_400_lines():
    long = {
        told(path): len(text.splitlines())
        for path, text in texts(".py", ".html", ".js", "dev")
        if not TOO_LONG_BY_NATURE.search(f"/{told(path)}") and len(text.splitlines()) > LONGEST
    }
    assert long == {}


LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock):
    """{package: its entry in the lock, with version, marker and hashes}"""
    entries = re.findall(r"^[a-z0-9][^\n]*(?:\n[ ]{4}[^\n]*)*", (ROOT / lock).read_text(), re.MULTILINE)
    return {entry.partition("==")[0]: entry for entry in entries}


def required(*groups):
    """The packages that pyproject.toml asks for: of a site, or of these dependency groups."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = [told["dependency-groups"][group] for group in groups] or [told["project"]["dependencies"]]
    return {re.match(r"[\w-]+", line)[0].lower() for lines in lists for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock):
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_pinned_with_a_hash(lock):
    packages = pins(lock)
    assert len(packages) > 50
    assert [name for name, entry in packages.items() if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_a_site_installs_no_package_of_the_tests():
    site, all_packages = (pins(lock) for lock in LOCKS)
    work = required("test", "check", "bench", "reference", "mutation", "train")
    assert required() <= set(site) and required() | work <= set(all_packages)
    assert set(site) & work == set()

    def unmarked(lock):
        """pandas needs everywhere what a site needs on Windows alone."""
        return {name: re.sub(r" ; [^\\\n]+", " ", entry) for name, entry in lock.items()}

    assert unmarked(site).items() <= unmarked(all_packages).items(), "both locks agree"


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


def test_the_services_group_is_never_that_of_debian():
    """Debian has a group `voice` of its own: files given to it would be closed to the site."""
    group = re.compile(r"""(?:regid=|Group=|group"?[:=] ?"?|-g |chgrp -R |voice-\w+:)voice(?!-site)\b""")
    endings = (".py", ".md", ".yaml", ".service", ".sample", "voice", "voice-upgrade-all", "Containerfile")
    found = [told(path) for path, text in texts(*endings) if path != Path(__file__) and group.search(text)]
    assert found == []
    assert group.search("--regid=voice --clear-groups") and group.search("chown -R voice-staff:voice /var")


@pytest.mark.slow
def test_a_docstring_names_only_errors_that_exist():
    """“Raises X”: a class of the product, of Python, or one that the product imports."""
    known, said = set(dir(builtins)), {}
    for path, text in texts(".py"):
        if not told(path).startswith(("cms/", "consultation/", "insights/")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                known |= {one.name for one in node.names}
            if isinstance(node, ast.ClassDef):
                known.add(node.name)
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                words = " ".join((ast.get_docstring(node) or "").split())
                for names in re.findall(r"Raises? ([A-Z]\w+(?:(?:, | or )[A-Z]\w+)*)", words):
                    said |= dict.fromkeys(re.findall(r"[A-Z]\w+", names), told(path))
    assert len(said) > 15
    assert {name: path for name, path in said.items() if name not in known} == {}


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_says_what_it_is_for(name):
    command = load_command_class(get_commands()[name], name)
    assert command.help.strip().endswith((".", "?"))


PAPERS = {
    "README.md": 120,
    "cms/README.md": 60,
    "cms/operations/INSTALL.md": 110,
    "cms/operations/README.md": 120,
    "cms/operations/SETTINGS.md": 150,
    "cms/operations/security/README.md": 40,
    "cms/operations/security/THREATS.md": 122,
    "consultation/README.md": 60,
    "insights/README.md": 60,
    "tests/README.md": 60,
    "tests/benchmarks/README.md": 150,
    "tests/house/faults/FAULTS.md": 60,
}
every_paper = pytest.mark.parametrize("paper", PAPERS)
# Folders that every app has: no room of the product.
NO_ROOMS = {"management", "migrations", "templatetags", "__pycache__"}


def paper_text(paper):
    return (ROOT / paper).read_text(encoding="utf-8")


def is_there(name, *folders):
    return any((folder / name).exists() or (folder / f"{name}.py").is_file() for folder in folders)


@every_paper
def test_a_paper_is_short_enough_to_be_read(paper):
    assert len(paper_text(paper).splitlines()) <= PAPERS[paper]


@every_paper
def test_a_paper_names_only_commands_that_exist(paper):
    text = paper_text(paper)
    doors = set(re.findall(r"\./dev ([a-z]+)", text))
    managed = set(re.findall(r"(?:manage\.py|dev manage) ([a-z_]+)", text.replace("\n", " ")))
    benchmarks = set(re.findall(r"\./dev bench ([a-z_]+)", text))
    assert doors <= set(re.findall(r"^    (\w+)\)", (ROOT / "dev").read_text(), re.MULTILINE))
    assert managed - set(get_commands()) == set()
    assert [name for name in benchmarks if not is_there(name, ROOT / "tests/benchmarks")] == []


def test_the_readme_begins_with_the_two_commands_that_a_newcomer_needs():
    assert re.findall(r"^    (\./dev \w+)$", paper_text("README.md"), re.MULTILINE) == ["./dev demo", "./dev test"]


@every_paper
def test_a_paper_points_only_at_files_that_exist(paper):
    text, folder = paper_text(paper), (ROOT / paper).parent
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (folder / link).exists()] == []
    paths = re.findall(r"`([a-z_]\w*(?:/[\w.]+)+/?)`", text)
    assert [path for path in paths if not is_there(path, folder, ROOT)] == []


@pytest.mark.parametrize("app", ["cms", "consultation", "insights", "tests"])
def test_a_map_names_every_room(app):
    rooms = {path.name for path in (ROOT / app).iterdir() if (path / "__init__.py").is_file()} - NO_ROOMS
    named = re.findall(r"`([\w/]+)`", paper_text(f"{app}/README.md"))
    assert rooms - {name.split("/")[0] for name in named} == set()


def test_every_variable_that_is_read_is_explained_and_no_other():
    """In cms/settings/variables.py: from it come the sample, the paper, `setup` and `doctor`."""
    read = re.compile(r"""(?:environ(?:\.get)?[\[(]|parse_env_(?:list|number)\(\s*)"([A-Z_]+)""")
    files = [path for app in ("cms", "consultation", "insights") for path in (ROOT / app).rglob("*.py")]
    wanted = {name for path in files if path.name != "test.py" for name in read.findall(path.read_text())}
    assert len(wanted) > 20
    assert wanted == VARIABLES.keys()


def test_what_the_guide_copies_is_written(tmp_path):
    """A stranger types these lines once, on a bare machine: every file, unit and command in them must be there."""
    guide = paper_text("cms/operations/INSTALL.md") + paper_text("cms/operations/README.md")
    written = {name for name, _ in build_files(ServerPlan())}
    copied = {path.rstrip("*") for path in re.findall(r"\bdeploy/([\w./*-]+)", guide)}
    assert copied and [path for path in copied if not any(name.startswith(path) for name in written)] == []
    units = set(re.findall(r"\bvoice-[a-z]+\.?(?:socket|timer)?\b", " ".join(re.findall(r"enable --now (.*)", guide))))
    assert units and {unit if "." in unit else f"{unit}.service" for unit in units} <= {
        name.removeprefix("systemd/") for name in written
    }
    assert set(re.findall(r"(?:^    |`)voice ([a-z_]+)", guide, re.MULTILINE)) <= set(get_commands())


def test_the_paper_of_settings_is_what_the_table_says():
    assert build_settings_table() in paper_text("cms/operations/SETTINGS.md")


def test_the_table_of_figures_is_what_the_command_writes():
    assert paper_text("tests/benchmarks/README.md") == written_readme()


@pytest.mark.slow
def test_the_screens_figures_are_those_of_its_card():
    card = paper_text("consultation/reading/model_training/SCREENING_CARD.md")
    rows = {cells[0]: cells for line in card.splitlines() if len(cells := line.strip("| ").split(" | ")) == 6}
    missed = card.split("## Disclosures that it missed")[1].split("\n## ")[0]
    (_, answers, found, _, _, flagged), other = rows["all"], rows["other languages"]
    figures = paper_text("tests/benchmarks/README.md")
    number = len(re.findall(r"[A-Za-z][0-9]{3}", missed))
    assert f"({int(answers):,} answers, {number} missed) | {found} at a flag rate of {flagged} |" in figures
    assert f"| Other languages, their authors left out | {other[2]} at a flag rate of {other[5]} |" in figures


def test_a_figure_says_whether_it_meets_what_was_asked():
    groups = yaml.safe_load(paper_text("tests/benchmarks/figures.yaml"))
    unsaid = [one["measure"] for group in groups for one in group["figures"] if bool(one["asked"]) != bool(one["met"])]
    assert unsaid == []


@pytest.mark.slow
def test_what_the_machine_forbids_is_told_and_fails_nobodys_ci():
    """A container's root may not mount: no package gives that right, so CI lists what waits for root of a machine."""
    test = "tests/house/faults/test_postgresql_disk.py"
    without_right = [] if explain_no_mounts() else ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]
    run = [*without_right, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    done = subprocess.run(run, cwd=ROOT, env=os.environ | {"CI": "1"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{test}::test_a_slow_disk" in done.stdout.partition("NOT PROVED")[2]


@pytest.mark.slow
def test_the_guide_fetches_a_revision_that_is_there(tmp_path):
    guide = (ROOT / "cms/operations/INSTALL.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^    git clone (.+)$", guide, re.MULTILINE)
    words = line.replace("ADDRESS-OF-THE-CODE", str(ROOT)).replace("/opt/voice", str(tmp_path / "voice")).split()
    done = subprocess.run(["git", "clone", "--quiet", *words], capture_output=True, text=True)
    assert done.returncode == 0 and (tmp_path / "voice" / "dev").exists(), done.stderr

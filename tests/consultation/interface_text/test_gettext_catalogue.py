import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from consultation.interface_text import gettext_catalogue
from consultation.interface_text.text_table import WORDS

ROOT = Path(settings.BASE_DIR)
ROOMS = ("cms", "consultation", "insights", "templates")
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture
def copied_words(tmp_path, monkeypatch):
    """A copy of the words to edit, as a translator would."""
    shutil.copytree(gettext_catalogue.HERE, tmp_path / "words")
    shutil.copytree(gettext_catalogue.LOCALE, tmp_path / "locale")
    monkeypatch.setattr(gettext_catalogue, "HERE", tmp_path / "words")
    monkeypatch.setattr(gettext_catalogue, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(gettext_catalogue, "TABLE_FILE", tmp_path / "words" / "words.json")
    return tmp_path


def edit(copied_words, language, key, text):
    path = copied_words / "locale" / language / "LC_MESSAGES" / "django.po"
    messages = polib.pofile(str(path))
    next(entry for entry in messages if entry.msgctxt == key).msgstr = text
    messages.save()


@pytest.mark.slow
def test_committed_catalogues_are_up_to_date():
    assert gettext_catalogue.list_stale_files() == []
    call_command("build_words", check=True)


def test_placeholders_match_in_every_language():
    assert list(gettext_catalogue.find_mismatched_placeholders()) == []


@pytest.mark.slow
def test_building_twice_gives_the_same_bytes_and_says_nothing_of_the_builder():
    first, second = gettext_catalogue.build_catalogue_files(), gettext_catalogue.build_catalogue_files()
    assert first == second
    assert not any(re.search(rb"Date|Translator|Team|Generator|/home|/work", content) for content in first.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_finds_no_fault(language):
    if not shutil.which("msgfmt"):
        pytest.skip(
            "msgfmt of gettext is not here, so its own check of the catalogues is not run: apt-get install gettext"
        )
    path = gettext_catalogue.LOCALE / language / "LC_MESSAGES" / "django.po"
    done = subprocess.run(["msgfmt", "--check-format", "-o", "-", str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.slow
def test_a_translators_edit_comes_back_as_a_persons_words(copied_words):
    edit(copied_words, "pl", "nav.next", "Dalej proszę")
    call_command("build_words", take="pl")
    stored = gettext_catalogue.load_translation("pl")
    assert stored["strings"]["nav.next"] == {"text": "Dalej proszę", "machine": False}
    assert stored["strings"]["nav.back"]["machine"] is True
    assert gettext_catalogue.list_stale_files() == []


@pytest.mark.slow
def test_the_officers_download_comes_back_too(copied_words, tmp_path):
    path = copied_words / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    messages = polib.pofile(str(path))
    next(entry for entry in messages if entry.msgctxt == "nav.next").msgstr = "Dalej proszę"
    messages.save(str(tmp_path / "words-pl.po"))
    call_command("build_words", take="pl", file=tmp_path / "words-pl.po")
    assert gettext_catalogue.load_translation("pl")["strings"]["nav.next"]["text"] == "Dalej proszę"
    with pytest.raises(CommandError, match="--take"):
        call_command("build_words", file=tmp_path / "words-pl.po")


@pytest.mark.slow
def test_taking_an_unedited_catalogue_changes_no_words(copied_words):
    assert gettext_catalogue.import_translations("ur") == 0
    assert gettext_catalogue.list_stale_files() == []


def test_a_lost_placeholder_is_refused(copied_words):
    edit(copied_words, "pl", "nav.progress", "Pytanie {n}")
    with pytest.raises(CommandError, match="pl nav.progress"):
        call_command("build_words", take="pl")


@pytest.mark.slow
def test_an_edited_catalogue_is_seen_as_behind(copied_words):
    edit(copied_words, "pl", "nav.next", "Dalej proszę")
    with pytest.raises(CommandError, match="django.po"):
        call_command("build_words", check=True)


def test_no_string_is_longer_than_its_easy_read_allows():
    wrong = [
        key
        for key, entry in WORDS.items()
        for sentence in re.split(r"[.?!:]\s+", entry.easy or "")
        if len(sentence.split()) > 15
    ]
    assert wrong == []


def used_keys():
    in_template = re.compile(r"""\{%\s*(?:word|easyword|both|dial)\s+["']([^"']+)["']\s*(?![|])""")
    in_python = re.compile(r"""\b(?:word|easy|word_lazy|easy_lazy|word_html|both_html)\(\s*["']([^"'{]+)["']""")
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".html", ".txt", ".svg"):
                yield from ((path, key) for key in in_template.findall(path.read_text(encoding="utf-8")))
            elif path.suffix == ".py":
                yield from ((path, key) for key in in_python.findall(path.read_text(encoding="utf-8")))


def test_every_key_that_a_page_speaks_has_words():
    used = set(used_keys())
    assert len(used) > 10
    assert [
        f"{path.relative_to(ROOT)}: {key}" for path, key in sorted(used) if key not in WORDS and key[-1] != "."
    ] == []

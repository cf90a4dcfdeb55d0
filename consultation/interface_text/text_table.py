"""The text table written by `manage.py build_words`, loaded once per process instead of the slower YAML."""

import json
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TABLE_FILE = HERE / "words.json"


class InterfaceString(NamedTuple):
    text: str
    easy: str | None  # only where easy read differs


class InterfaceLanguage(NamedTuple):
    code: str
    native: str
    direction: str
    name: str  # in English


class LanguageCoverage(NamedTuple):
    """Counts of a language's texts. Machine translations need a named checker before the language goes live (X7)."""

    translated: int
    missing: int
    machine: int  # translated by a machine
    unchecked: int  # translated by a machine and not read by a speaker since the last change
    checkers: tuple[str, ...]

    @property
    def awaits_check(self) -> bool:
        """Whether most machine translations are unchecked."""
        return self.unchecked * 2 > self.machine

    @property
    def partly(self) -> bool:
        return self.unchecked > 0 and not self.awaits_check


_stored = json.loads(TABLE_FILE.read_text(encoding="utf-8")) if TABLE_FILE.exists() else {"words": {}, "languages": {}}
WORDS = {key: InterfaceString(*pair) for key, pair in _stored["words"].items()}
GROUPS = frozenset(key.partition(".")[0] for key in WORDS)
LANGUAGES = [
    InterfaceLanguage(code, row["native"], row["direction"], row["name"]) for code, row in _stored["languages"].items()
]
# Keys of each language translated by a person: they need no check.
BY_PEOPLE = {code: frozenset(row["by_people"]) for code, row in _stored["languages"].items()}
MISSING = {code: frozenset(row["missing"]) for code, row in _stored["languages"].items()}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

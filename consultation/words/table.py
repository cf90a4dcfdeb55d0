"""The table of words that `manage.py build_words` writes: read once a process, no YAML while anyone waits."""

import json
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TABLE_FILE = HERE / "words.json"


class Entry(NamedTuple):
    text: str
    easy: str | None  # only where easy read differs


class Language(NamedTuple):
    code: str
    native: str
    direction: str


class Coverage(NamedTuple):
    """How far a language has come. Machine words need a named checker before the language goes live (X7)."""

    translated: int
    missing: int
    machine: int
    checked_by: str | None

    @property
    def awaits_check(self) -> bool:
        return self.machine > 0 and not self.checked_by


_stored = json.loads(TABLE_FILE.read_text(encoding="utf-8")) if TABLE_FILE.exists() else {"words": {}, "languages": {}}
WORDS = {key: Entry(*pair) for key, pair in _stored["words"].items()}
GROUPS = frozenset(key.partition(".")[0] for key in WORDS)
LANGUAGES = [Language(code, row["native"], row["direction"]) for code, row in _stored["languages"].items()]
COVERAGE = {
    code: Coverage(row["translated"], row["missing"], row["machine"], row["checked_by"])
    for code, row in _stored["languages"].items()
}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

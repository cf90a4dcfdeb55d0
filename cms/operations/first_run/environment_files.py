"""The two environment files of a server: one for every process, one for those that open answers.

A shell, systemd and compose read them alike. Both belong to their writer alone.
"""

import os
import re
import secrets
from pathlib import Path

from cms.settings.variables import VARIABLES
from consultation.responses.vault import generate_key_pair

COMMON, PRIVATE = "voice.env", "voice-keys.env"
PLAIN = "@%+=:,./-_"


def read_environment(folder: Path) -> dict[str, str]:
    """The variables of both files; empty where there are none yet."""
    found: dict[str, str] = {}
    for path in (folder / COMMON, folder / PRIVATE):
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
            found.update((name.strip(), _unquote_value(value.strip())) for name, value in pairs)
    return found


def _unquote_value(value: str) -> str:
    if value.startswith('"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value[1:-1] if value.startswith("'") else value


def write_environment(folder: Path, values: dict[str, str]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, private in ((COMMON, False), (PRIVATE, True)):
        lines = [f"{key}={quote_value(value)}\n" for key, value in values.items() if is_private(key) == private]
        made.append(_write_for_owner(folder / name, "".join(lines)))
    return made


def is_private(name: str) -> bool:
    return name in VARIABLES and VARIABLES[name].private


def quote_value(value: str) -> str:
    """As a shell and systemd both read it. Values without a special letter stay bare, which Kubernetes needs."""
    if all(letter.isalnum() or letter in PLAIN for letter in value):
        return value
    if "'" not in value:
        return f"'{value}'"
    return '"' + "".join(f"\\{letter}" if letter in '"\\$`' else letter for letter in value) + '"'


def _write_for_owner(path: Path, content: str) -> Path:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    return unfinished.replace(path)


def make_missing_keys(values: dict[str, str]) -> bool:
    """Make the keys of a new site. One that is there is never replaced: unread answers would be lost with it."""
    new = not values.get("ANSWER_SEAL_KEY")
    if new:
        values["ANSWER_SEAL_KEY"], values["ANSWER_OPEN_KEYS"] = generate_key_pair()
        values["BACKUP_SEAL_KEY"], values["BACKUP_OPEN_KEYS"] = generate_key_pair()
    for name in ("SECRET_KEY", "RECORD_KEY_SECRET"):
        values[name] = values.get(name) or secrets.token_urlsafe(60)
    return new

"""From the YAML files to gettext catalogues and the table, and back from a translator. Same input, same bytes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import yaml

from consultation.words.table import HERE, TABLE_FILE

LOCALE = HERE.parent / "locale"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SPACED_NUMBER = re.compile(r"\d+(?: \d+)+")
LTR_ISOLATE, END_ISOLATE = "\u2066", "\u2069"


def interface() -> dict:
    return _read(HERE / "interface.yaml")


def translation(language: str) -> dict:
    """One language's file; English is its own translation."""
    if language == "en":
        return {"native": "English", "direction": "ltr", "checked_by": None, "strings": {}}
    return _read(HERE / "translations" / f"{language}.yaml")


def built() -> dict[Path, bytes]:
    """Everything that the YAML files make, by path."""
    source = interface()
    translations = {language: translation(language) for language in source["languages"]}
    files = {TABLE_FILE: _table(source["strings"], translations)}
    for language, translated in translations.items():
        catalogue = _catalogue(language, source["strings"], translated)
        folder = LOCALE / language / "LC_MESSAGES"
        files[folder / "django.po"] = f"{catalogue}\n".encode()
        files[folder / "django.mo"] = catalogue.to_binary()
    return files


def stale() -> list[Path]:
    """Committed files that the YAML files would make differently."""
    return [path for path, content in built().items() if not path.exists() or path.read_bytes() != content]


def write() -> list[Path]:
    changed = stale()
    for path, content in built().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return changed


def mismatched_placeholders() -> Iterator[tuple[str, str]]:
    """(language, key) where a translation has other placeholders than the English, or words for no key at all."""
    source = interface()
    english = {entry["key"]: entry for entry in source["strings"]}
    for language in source["languages"]:
        for key, row in translation(language)["strings"].items():
            if key not in english or not _fits(row, english[key]):
                yield language, key


def take(language: str, *, checked_by: str | None) -> int:
    """Bring a translator's .po back into the YAML file; a text that a person changed is no longer a machine's."""
    path = HERE / "translations" / f"{language}.yaml"
    stored = _read(path)
    before = len(_changes(language, stored))
    for key, field, text in _changes(language, stored):
        stored["strings"].setdefault(key, {})[field] = text
        stored["strings"][key]["machine"] = False
    if checked_by:
        stored["checked_by"] = checked_by
    order = {entry["key"]: place for place, entry in enumerate(interface()["strings"])}
    stored["strings"] = dict(sorted(stored["strings"].items(), key=lambda item: order[item[0]]))
    path.write_text(yaml.safe_dump(stored, allow_unicode=True, sort_keys=False, width=125), encoding="utf-8")
    return before


def _changes(language: str, stored: dict) -> list[tuple[str, str, str]]:
    found = []
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        field, key = ("easy_read", entry.msgctxt[5:]) if entry.msgctxt.startswith("easy:") else ("text", entry.msgctxt)
        text = entry.msgstr.replace(LTR_ISOLATE, "").replace(END_ISOLATE, "")
        if text and text != (stored["strings"].get(key) or {}).get(field):
            found.append((key, field, text))
    return found


def _read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _table(strings: list[dict], translations: dict[str, dict]) -> bytes:
    words = {entry["key"]: [entry["text"], _differing_easy(entry)] for entry in strings}
    languages = {code: _coverage(code, translated, len(words)) for code, translated in translations.items()}
    table = {"languages": languages, "words": words}
    return (json.dumps(table, ensure_ascii=False, indent=0) + "\n").encode()


def _coverage(language: str, translated: dict, total: int) -> dict:
    rows = [row for row in translated["strings"].values() if row.get("text")]
    done = total if language == "en" else len(rows)
    return {
        "native": translated["native"],
        "direction": translated["direction"],
        "translated": done,
        "missing": total - done,
        "machine": sum(bool(row.get("machine")) for row in rows),
        "checked_by": translated["checked_by"],
    }


def _catalogue(language: str, strings: list[dict], translated: dict) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "consultation",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for entry in strings:
        row = translated["strings"].get(entry["key"], {})
        texts = {field: entry[field] for field in ("text", "easy_read")} if language == "en" else row
        machine = bool(row.get("machine"))
        catalogue.append(_message(entry, "text", texts, machine, translated["direction"]))
        if _differing_easy(entry):
            catalogue.append(_message(entry, "easy_read", texts, machine, translated["direction"]))
    return catalogue


def _message(entry: dict, field: str, texts: dict, machine: bool, text_direction: str) -> polib.POEntry:
    text = texts.get(field) or ""
    return polib.POEntry(
        msgctxt=entry["key"] if field == "text" else f"easy:{entry['key']}",
        msgid=entry[field],
        msgstr=SPACED_NUMBER.sub(_isolate, text) if text_direction == "rtl" else text,
        comment=f"{entry['where']}; for: {entry['for']}" + (f"\n{entry['note']}" if entry.get("note") else ""),
        tcomment="machine translation" if machine and text else "",
        flags=["python-brace-format"] if PLACEHOLDER.search(entry[field]) else [],
    )


def _isolate(match: re.Match) -> str:
    """Right-to-left text would turn the groups of a spaced telephone number around."""
    return f"{LTR_ISOLATE}{match[0]}{END_ISOLATE}"


def _differing_easy(entry: dict) -> str | None:
    return entry["easy_read"] if entry["easy_read"] != entry["text"] else None


def _fits(row: dict, entry: dict) -> bool:
    return all(
        set(PLACEHOLDER.findall(row[field])) == set(PLACEHOLDER.findall(entry[field]))
        for field in ("text", "easy_read")
        if row.get(field)
    )

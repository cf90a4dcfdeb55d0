"""Builds gettext catalogues and the text table from the YAML files, byte for byte reproducible; imports .po edits."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import yaml

from consultation.interface_text.text_table import HERE, TABLE_FILE
from consultation.interface_text.translation_corrections import isolate_numbers, remove_isolates

LOCALE = HERE.parent / "locale"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def load_interface_strings() -> dict:
    return _load_yaml(HERE / "interface.yaml")


def load_translation(language: str) -> dict:
    """One language's file; English is its own translation."""
    if language == "en":
        return {"name": "English", "native": "English", "direction": "ltr", "strings": {}}
    return _load_yaml(HERE / "translations" / f"{language}.yaml")


def build_catalogue_files() -> dict[Path, bytes]:
    """{path: content} of all files built from the YAML files."""
    source = load_interface_strings()
    translations = {language: load_translation(language) for language in source["languages"]}
    words = {entry["key"]: [entry["text"], _differing_easy_read(entry)] for entry in source["strings"]}
    languages = {code: _build_language_entry(code, translated, words) for code, translated in translations.items()}
    table = json.dumps({"languages": languages, "words": words}, ensure_ascii=False, indent=0)
    files = {TABLE_FILE: f"{table}\n".encode()}
    for language, translated in translations.items():
        catalogue = build_po_file(language, source["strings"], translated)
        folder = LOCALE / language / "LC_MESSAGES"
        files[folder / "django.po"] = f"{catalogue}\n".encode()
        files[folder / "django.mo"] = catalogue.to_binary()
    return files


def list_stale_files() -> list[Path]:
    """Committed files that differ from a fresh build."""
    return [
        path for path, content in build_catalogue_files().items() if not path.exists() or path.read_bytes() != content
    ]


def write_catalogue_files() -> list[Path]:
    changed = list_stale_files()
    for path, content in build_catalogue_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return changed


def find_mismatched_placeholders() -> Iterator[tuple[str, str]]:
    """(language, key) of translations whose placeholders differ from the English, or whose key is unknown."""
    source = load_interface_strings()
    english = {entry["key"]: entry for entry in source["strings"]}
    for language in source["languages"]:
        for key, row in load_translation(language)["strings"].items():
            entry, written = english.get(key), [field for field in ("text", "easy_read") if row.get(field)]
            if entry is None or any(
                _find_placeholders(row[name]) != _find_placeholders(entry[name]) for name in written
            ):
                yield language, key


def import_translations(language: str, *, file: Path | None = None) -> int:
    """Import the edits of a .po file into the YAML file and mark them as human. Returns the number of edits."""
    path = HERE / "translations" / f"{language}.yaml"
    stored, changes = _load_yaml(path), 0
    for entry in polib.pofile(str(file or LOCALE / language / "LC_MESSAGES" / "django.po")):
        key, field = parse_message_context(entry.msgctxt)
        text = remove_isolates(entry.msgstr)
        if text and text != (stored["strings"].get(key) or {}).get(field):
            stored["strings"].setdefault(key, {}).update({field: text, "machine": False})
            changes += 1
    order = {entry["key"]: place for place, entry in enumerate(load_interface_strings()["strings"])}
    stored["strings"] = dict(sorted(stored["strings"].items(), key=lambda item: order[item[0]]))
    path.write_text(yaml.safe_dump(stored, allow_unicode=True, sort_keys=False, width=125), encoding="utf-8")
    return changes


def parse_message_context(context: str) -> tuple[str, str]:
    """(key, field) of a message by its context."""
    return (context[5:], "easy_read") if context.startswith("easy:") else (context, "text")


def _load_yaml(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _build_language_entry(code: str, translated: dict, words: dict) -> dict:
    said = {key: row for key, row in translated["strings"].items() if row.get("text")}
    return {name: translated[name] for name in ("name", "native", "direction")} | {
        "by_people": [key for key, row in said.items() if not row.get("machine")],
        "missing": [key for key in words if key not in said and code != "en"],
    }


def build_po_file(language: str, strings: list[dict], translated: dict) -> polib.POFile:
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
        catalogue.append(_build_po_message(entry, "text", texts, machine, language))
        if _differing_easy_read(entry):
            catalogue.append(_build_po_message(entry, "easy_read", texts, machine, language))
    return catalogue


def _build_po_message(entry: dict, field: str, texts: dict, machine: bool, language: str) -> polib.POEntry:
    text = texts.get(field) or ""
    return polib.POEntry(
        msgctxt=entry["key"] if field == "text" else f"easy:{entry['key']}",
        msgid=entry[field],
        msgstr=isolate_numbers(text, language),
        comment=f"{entry['where']}; for: {entry['for']}" + (f"\n{entry['note']}" if entry.get("note") else ""),
        tcomment="machine translation" if machine and text else "",
        flags=["python-brace-format"] if PLACEHOLDER.search(entry[field]) else [],
    )


def _differing_easy_read(entry: dict) -> str | None:
    return entry["easy_read"] if entry["easy_read"] != entry["text"] else None


def _find_placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))

"""Export of a language as a .po file, and validation of the translated file: it is accepted whole or not at all."""

from dataclasses import dataclass, field

import polib

from consultation.interface_text import gettext_catalogue, translation_corrections, translation_review

CONTENT_TYPE = "text/x-gettext-translation; charset=utf-8"
MAX_FILE_BYTES = 2_000_000
MOST_LINES = 50_000  # ours have 6,000; the time that polib takes for a long comment or string grows with their square


class PoFileRefused(Exception):
    """A file was refused: one sentence for each fault."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class PoFileChanges:
    """The changes in a .po file, and the number of outdated messages."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # {key: {"text": ..., "easy_read": ...}}
    old: int = 0  # messages whose English has changed or is gone


def export_po_file(language: str) -> bytes:
    """The language as a .po file with corrections applied; machine translations carry a comment."""
    translated = gettext_catalogue.load_translation(language)
    for (code, key), (text, easy) in translation_corrections.get_corrections().corrections.items():
        if code == language:
            said = {"text": text, "easy_read": easy, "machine": False}
            translated["strings"][key] = {name: value for name, value in said.items() if value != ""}
    made = gettext_catalogue.build_po_file(language, translation_review.list_strings(), translated)
    for message in made:
        message.msgstr = translation_corrections.remove_isolates(message.msgstr)
    return f"{made}\n".encode()


def find_po_changes(language: str, content: bytes) -> PoFileChanges:
    """The changes in a translator's file. Raises PoFileRefused, with every fault, if any text would break a page."""
    now = {row.key: row for row in translation_review.list_review_rows(language)}
    found, faults = PoFileChanges(), []
    for message in parse_po_file(content):
        key, name = gettext_catalogue.parse_message_context(message.msgctxt or "")
        row, said = now.get(key), translation_corrections.remove_isolates(message.msgstr).strip()
        if not said or message.fuzzy:
            continue
        if row is None or message.msgid != (row.english if name == "text" else row.english_easy):
            found.old += 1
        elif wrong := translation_review.find_translation_faults(message.msgid, said):
            faults += [f"{key}{', easy read' if name == 'easy_read' else ''}: {sentence}" for sentence in wrong]
        elif said != getattr(row, name):
            found.texts.setdefault(key, {"text": row.text, "easy_read": row.easy_read})[name] = said
    if faults:
        raise PoFileRefused(*faults)
    return found


def parse_po_file(content: bytes) -> polib.POFile:
    """Parse an uploaded file. Raises PoFileRefused, in plain words, when it is not a .po file."""
    if len(content) > MAX_FILE_BYTES:
        raise PoFileRefused("This file is too big to be one of ours.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise PoFileRefused("This file is not in UTF-8. Save it as UTF-8 and send it again.") from None
    if len(text.splitlines()) > MOST_LINES:  # as polib parts them, also at marks that no editor shows
        raise PoFileRefused(f"This file has more than {MOST_LINES:,} lines: it is none of ours.")
    if "msgid " not in text or "\n" not in text:  # polib would open a single line as a file name
        raise PoFileRefused("This is not a .po file.")
    try:
        return polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, IndexError, KeyError) as error:
        line = "".join(part for part in str(error).rpartition("line ")[2] if part.isdigit())
        wrong = f"something is wrong in line {line}" if line else "it is not written as such files are"
        raise PoFileRefused(f"This .po file cannot be read: {wrong}.") from None

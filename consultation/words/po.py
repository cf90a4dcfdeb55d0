"""Export of a language as a .po file, and validation of the translated file: it is accepted whole or not at all."""

from dataclasses import dataclass, field

import polib

from consultation.words import catalogue, checking, spoken

BIGGEST = 2_000_000


class Refused(Exception):
    """A file was refused: one sentence for each fault."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Returned:
    """The changes in a .po file, and the number of outdated messages."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # {key: {"text": ..., "easy_read": ...}}
    old: int = 0  # messages whose English has changed or is gone


def exported(language: str) -> bytes:
    """The language as a .po file with corrections applied; machine translations carry a comment."""
    translated = catalogue.translation(language)
    for (code, key), (text, easy) in spoken.current().corrections.items():
        if code == language:
            said = {"text": text, "easy_read": easy, "machine": False}
            translated["strings"][key] = {name: value for name, value in said.items() if value != ""}
    made = catalogue.messages(language, catalogue.interface()["strings"], translated)
    for message in made:
        message.msgstr = spoken.bare(message.msgstr)
    return f"{made}\n".encode()


def returned(language: str, content: bytes) -> Returned:
    """The changes in a translator's file. Raises Refused, with every fault, if any text would break a page."""
    now = {row.key: row for row in checking.rows(language)}
    found, faults = Returned(), []
    for message in parsed(content):
        key, name = catalogue.place(message.msgctxt or "")
        row, said = now.get(key), spoken.bare(message.msgstr).strip()
        if not said or message.fuzzy:
            continue
        if row is None or message.msgid != (row.english if name == "text" else row.english_easy):
            found.old += 1
        elif wrong := checking.faults(message.msgid, said):
            faults += [f"{key}{', easy read' if name == 'easy_read' else ''}: {sentence}" for sentence in wrong]
        elif said != getattr(row, name):
            found.texts.setdefault(key, {"text": row.text, "easy_read": row.easy_read})[name] = said
    if faults:
        raise Refused(*faults)
    return found


def parsed(content: bytes) -> polib.POFile:
    """Parse an uploaded file. Raises Refused, in plain words, when it is not a .po file."""
    if len(content) > BIGGEST:
        raise Refused("This file is too big to be one of ours.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused("This file is not in UTF-8. Save it as UTF-8 and send it again.") from None
    if "msgid " not in text or "\n" not in text:  # polib would open a single line as a file name
        raise Refused("This is not a .po file.")
    try:
        return polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise Refused(f"This .po file cannot be read: {_plain(error)}.") from None


def _plain(error: Exception) -> str:
    line = "".join(part for part in str(error).rpartition("line ")[2] if part.isdigit())
    return f"something is wrong in line {line}" if line else "it is not written as such files are"

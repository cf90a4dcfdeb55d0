"""A language as a .po file for a translator, and the file that comes back: all of it is right, or none is taken."""

from dataclasses import dataclass, field

import polib

from consultation.words import catalogue, checking, spoken

BIGGEST = 2_000_000


class Refused(Exception):
    """Why a file was not taken: one sentence for each fault."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Returned:
    """What a file changes: the new texts by key, and what could not be used."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # {key: {"text": ..., "easy_read": ...}}
    old: int = 0  # messages whose English has changed, or that we no longer say


def exported(language: str) -> bytes:
    """As it is spoken now, corrections too; what waits for a speaker carries a comment."""
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
    """What a translator's file changes. Raises Refused, with every fault, where any text would break a page."""
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
    """Any .po file that somebody brings. Raises Refused, in plain words, where it is none."""
    if len(content) > BIGGEST:
        raise Refused("This file is too big to be one of ours.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused("This file is not in UTF-8. Save it as UTF-8 and send it again.") from None
    if "msgid " not in text or "\n" not in text:  # polib would take one line for the name of a file here
        raise Refused("This is not a .po file.")
    try:
        return polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise Refused(f"This .po file cannot be read: {_plain(error)}.") from None


def _plain(error: Exception) -> str:
    line = "".join(part for part in str(error).rpartition("line ")[2] if part.isdigit())
    return f"something is wrong in line {line}" if line else "it is not written as such files are"

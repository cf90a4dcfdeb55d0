"""Exports a page in one language as a .po file, and parses a returned file into its changes.

gettext format: msgctxt is the path of ids, so that equal strings stay distinct; extracted comments give place and
limits; translations of an older source are fuzzy, with that source as previous msgid; removed strings are obsolete.
"""

from dataclasses import dataclass
from enum import StrEnum

import polib

from consultation.interface_text.po_files import MAX_FILE_BYTES as MAX_FILE_BYTES
from consultation.interface_text.po_files import PoFileRefused as PoFileRefused
from consultation.interface_text.po_files import parse_po_file
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.translation_faults import list_faults

MACHINE = "A machine wrote this. Change it, and it is yours."


class PoEntryKind(StrEnum):
    CHANGES = "changes"
    SAME = "same"
    WRONG = "wrong"
    LEFT = "left"  # valid but skipped


@dataclass(frozen=True)
class PoEntryOutcome:
    line: int
    path: str
    kind: PoEntryKind
    where: str = ""
    sentence: str = ""
    source: str = ""
    before: str = ""
    after: str = ""
    place: str = ""


def export_po_file(title, language, rows, gone=()):
    """The file as bytes. `rows` and `gone` as in PageTranslation."""
    made = polib.POFile(wrapwidth=0)
    made.header = f"{title}\nmsgctxt is the place of a text: please leave it as it is."
    made.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
    }
    made.extend(_build_entry(row) for row in rows)
    made.extend(
        polib.POEntry(msgctxt=one.path, msgid=one.source, msgstr=one.text, obsolete=True) for one in gone if one.source
    )
    return f"{made}\n".encode()


def _build_entry(row):
    source, behind = row.source, row.state == StringState.BEHIND
    comments = (
        f"{source.where}: {source.what}.",
        source.limit and f"At most {source.limit} letters.",
        source.easy and "Easy read: 15 words or fewer in a sentence, one idea.",
        source.rich and "Keep each mark in < > once, as it is.",
    )
    entry = polib.POEntry(
        msgctxt=source.path,
        msgid=source.text,
        msgstr=row.older[1] if behind else row.text,
        comment=" ".join(filter(None, comments)),
        tcomment="\n".join(filter(None, (row.note and f"Sent back: {row.note}", row.machine and MACHINE))),
    )
    if behind:
        entry.flags.append("fuzzy")
        entry.previous_msgid = row.older[0]
    return entry


def parse_page_po_file(content, rows, gone=()):
    """[PoEntryOutcome] for each entry of a file, in order. Raises PoFileRefused if it is not a .po file."""
    now = {(row.path, row.source.text): row for row in rows}
    paths = {row.path: row for row in rows}
    known = {one.path for one in gone}
    seen: set[tuple[str, str]] = set()
    return [_judge_entry(entry, now, paths, known, seen) for entry in parse_po_file(content) if not entry.obsolete]


def _judge_entry(entry, now, paths, gone, seen):
    path, said = entry.msgctxt or "", entry.msgstr.replace("\r\n", "\n").strip()
    row = now.get((path, entry.msgid))
    if row is None:
        return _describe_unknown_entry(entry, path, paths.get(path), gone)
    found = {"source": row.source.text, "before": row.text, "after": said, "place": row.place}
    found |= {"line": entry.linenum, "path": path, "where": f"{row.source.where}: {row.source.what}"}
    if (path, entry.msgid) in seen:
        kind, sentence = PoEntryKind.WRONG, "It stands in the file twice. The first one counts."
    elif not said:
        kind, sentence = PoEntryKind.LEFT, "Empty: what is there stays." if row.text else "Empty."
    elif entry.fuzzy:
        kind, sentence = PoEntryKind.LEFT, "Marked as fuzzy: take the mark off when it is right."
    elif said == row.text:
        kind, sentence = PoEntryKind.SAME, ""
    else:
        wrong = list_faults(row.source.text, said, limit=row.source.limit, rich=row.source.rich)
        kind, sentence = PoEntryKind.WRONG if wrong else PoEntryKind.CHANGES, " ".join(wrong)
    seen.add((path, entry.msgid))
    return PoEntryOutcome(kind=kind, sentence=sentence, **found)


def _describe_unknown_entry(entry, path, row, gone):
    found = {"line": entry.linenum, "path": path, "kind": PoEntryKind.WRONG, "after": entry.msgstr}
    if row is not None:
        where = f"{row.source.where}: {row.source.what}"
        sentence = "The source has changed since this file was made. Download it again."
        return PoEntryOutcome(sentence=sentence, source=row.source.text, where=where, before=row.text, **found)
    sentence = "Its question is not on the page any more." if path in gone else "There is no text of this name here."
    if not path:
        sentence = "It has no msgctxt, so nobody knows where it belongs."
    return PoEntryOutcome(sentence=sentence, source=entry.msgid, **found)

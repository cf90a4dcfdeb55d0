"""The facilitator's form: a note per question, and a choice where the group agreed on one; no counts of hands."""

from dataclasses import dataclass, field

from consultation.answering.group.models import Size
from consultation.answering.parsing import MOST_LETTERS, clean
from consultation.questionnaires.schema import ALSO, Questionnaire, said

# Question types with choices that a group can agree on; all others take a note alone.
ONE, SEVERAL = {"single", "yesno", "faces", "agreement"}, {"multiple"}
NOTE, CHOICE = "note", "choice"


@dataclass
class Turn:
    """One question on the facilitator's form."""

    item: dict
    number: int
    text: str
    hint: str
    part: str
    options: list  # [(key, text, chosen)]; empty for types without agreed choices
    several: bool
    note: str = ""
    problem: str = ""

    @property
    def key(self):
        return self.item["key"]

    @property
    def chosen(self):
        return any(chosen for _, _, chosen in self.options)


@dataclass
class Entry:
    """One posted session."""

    size: str = ""
    closed: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)  # {question id: text}
    problems: dict = field(default_factory=dict)  # {field: message}

    @property
    def texts(self):
        """{question id: (text, False)} for `submit`. A facilitator acts on a concern and needs no soon reading."""
        return {question: (text, False) for question, text in self.notes.items()}


def asked_aloud(content):
    """The questions for a group: without questions about one person and equality questions."""
    items = Questionnaire(content).questions
    return [item for item in items if not item.get("about_you") and not item.get("apart")]


def read(content, data):
    """The Entry of a posted form (QueryDict)."""
    entry = Entry(size=data.get("size", ""))
    if entry.size not in Size.values:
        entry.problems["size"] = "Choose how many people took part."
    for item in asked_aloud(content):
        if chosen := _agreed(item, data.getlist(f"{CHOICE}.{item['key']}")):
            entry.closed[item["key"]] = chosen
        note = clean(data.get(f"{NOTE}.{item['key']}", "")).strip()
        if note:
            entry.notes[item["id"]] = note
        if len(note) > MOST_LETTERS:
            entry.problems[f"{NOTE}.{item['key']}"] = (
                f"Take out {len(note) - MOST_LETTERS} letters. The rest is still here."
            )
    if not entry.notes and not entry.closed:
        entry.problems["empty"] = "There is nothing to send yet. Write what the group said to one question or more."
    return entry


def _agreed(item, values):
    allowed = {option["key"] for option in item["options"]} | {ALSO[name] for name in item["also"]}
    chosen = [value for value in values if value in allowed]
    if item["type"] in ONE:
        return chosen[0] if chosen else None
    return chosen if item["type"] in SEVERAL else None


def turns(content, language, entry=None):
    """Every question of the form in the session's language, with earlier input."""
    entry, part, source = entry or Entry(), "", content["source"]
    numbers = {item["id"]: number for number, item in enumerate(Questionnaire(content).questions, start=1)}
    aloud, made = asked_aloud(content), []
    for item in content["items"]:
        if item["type"] == "section":
            part = said(item["text"], language, source)
        elif item in aloud:
            made.append(_turn(item, numbers[item["id"]], part, language, source, entry))
            part = ""
    return made


def _turn(item, number, part, language, source, entry):
    chosen = entry.closed.get(item["key"], [])
    chosen = chosen if isinstance(chosen, list) else [chosen]
    agrees = item["type"] in ONE | SEVERAL
    return Turn(
        item=item,
        number=number,
        text=said(item["text"], language, source),
        hint=said(item["hint"], language, source),
        part=part,
        options=[(o["key"], said(o["text"], language, source), o["key"] in chosen) for o in item["options"] if agrees],
        several=item["type"] in SEVERAL,
        note=entry.notes.get(item["id"], ""),
        problem=entry.problems.get(f"{NOTE}.{item['key']}", ""),
    )


def agreed_words(content, closed):
    """[(question, agreed choices)] in the source language, for the list of sessions."""
    source, found = content["source"], []
    for item in asked_aloud(content):
        keys = closed.get(item["key"], [])
        keys = keys if isinstance(keys, list) else [keys]
        words = [said(o["text"], source, source) for o in item["options"] if o["key"] in keys]
        if words:
            found.append((said(item["text"], source, source), ", ".join(words)))
    return found

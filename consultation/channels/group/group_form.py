"""The facilitator's form: a note per question, and a choice where the group agreed on one; no counts of hands."""

from dataclasses import dataclass, field

from consultation.channels.group.models import GroupSize
from consultation.channels.web.form_parsing import MAX_TEXT_LENGTH, MAY_QUOTE, clean_text
from consultation.surveys.questionnaire_schema import Questionnaire, list_option_keys, localised_text
from consultation.surveys.type_registry import TypeTable, type_of

# What a group can agree on, beside a note.
NOTHING, ONE_CHOICE, SEVERAL_CHOICES = "", "one", "several"
AGREED = TypeTable(question=NOTHING, single=ONE_CHOICE, scale=ONE_CHOICE, multiple=SEVERAL_CHOICES)
NEVER_ALOUD = ("about_you", "apart", "not_for_groups")
NOTE_PREFIX, CHOICE_PREFIX = "note", "choice"


@dataclass
class GroupQuestion:
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
class GroupForm:
    """One posted session."""

    size: str = ""
    closed: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)  # {question id: text}
    may_quote: bool = False  # everyone in the group said yes to showing these words
    problems: dict = field(default_factory=dict)  # {field: message}

    @property
    def texts(self):
        """{question id: (text, False)} for `submit`. A facilitator acts on a concern and needs no soon reading."""
        return {question: (text, False) for question, text in self.notes.items()}


def questions_for_groups(content):
    """The questions for a group: none about one person, no equality question, and none that officers kept from groups."""
    return [item for item in Questionnaire(content).questions if not any(item.get(name) for name in NEVER_ALOUD)]


def parse_group_form(content, data):
    """The GroupForm of a posted form (QueryDict)."""
    entry = GroupForm(size=data.get("size", ""), may_quote=bool(data.get(MAY_QUOTE)))
    if entry.size not in GroupSize.values:
        entry.problems["size"] = "Choose how many people took part."
    for item in questions_for_groups(content):
        posted = data.getlist(f"{CHOICE_PREFIX}.{item['key']}")
        chosen = [value for value in posted if value in list_option_keys(item)]
        if chosen and (agreed := AGREED.of_item(item)):
            entry.closed[item["key"]] = chosen[0] if agreed == ONE_CHOICE else chosen
        note = clean_text(data.get(f"{NOTE_PREFIX}.{item['key']}", "")).strip()
        if note:
            entry.notes[item["id"]] = note
        if len(note) > MAX_TEXT_LENGTH:
            entry.problems[f"{NOTE_PREFIX}.{item['key']}"] = (
                f"Take out {len(note) - MAX_TEXT_LENGTH} letters. The rest is still here."
            )
    if not entry.notes and not entry.closed:
        entry.problems["empty"] = "There is nothing to send yet. Write what the group said to one question or more."
    return entry


def list_group_questions(content, language, entry=None):
    """Every question of the form in the session's language, with earlier input. Numbers count what a group is asked."""
    entry, part, source = entry or GroupForm(), "", content["source"]
    aloud, made = questions_for_groups(content), []
    for item in content["items"]:
        if not type_of(item).is_question:
            part = localised_text(item["text"], language, source)  # told with its first question for groups
        elif item in aloud:
            made.append(_build_group_question(item, len(made) + 1, part, language, source, entry))
            part = ""
    return made


def _build_group_question(item, number, part, language, source, entry):
    chosen = entry.closed.get(item["key"], [])
    chosen = chosen if isinstance(chosen, list) else [chosen]
    return GroupQuestion(
        item=item,
        number=number,
        text=localised_text(item["text"], language, source),
        hint=localised_text(item["hint"], language, source),
        part=part,
        options=[
            (o["key"], localised_text(o["text"], language, source), o["key"] in chosen)
            for o in item["options"]
            if AGREED.of_item(item)
        ],
        several=AGREED.of_item(item) == SEVERAL_CHOICES,
        note=entry.notes.get(item["id"], ""),
        problem=entry.problems.get(f"{NOTE_PREFIX}.{item['key']}", ""),
    )


def describe_agreed_choices(content, closed):
    """[(question, agreed choices)] in the source language, for the list of sessions."""
    source, found = content["source"], []
    for item in questions_for_groups(content):
        keys = closed.get(item["key"], [])
        keys = keys if isinstance(keys, list) else [keys]
        words = [localised_text(o["text"], source, source) for o in item["options"] if o["key"] in keys]
        if words:
            found.append((localised_text(item["text"], source, source), ", ".join(words)))
    return found

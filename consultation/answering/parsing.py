"""Parsing of a posted survey form into closed answers and texts. Typed input is kept even where it does not fit."""

from dataclasses import dataclass, field

from consultation.answering.fields import SOON, closed_answer, field_names
from consultation.questionnaires.rules import shown_items
from consultation.questionnaires.schema import Questionnaire, asked_id

MOST_LETTERS = 5000
MOST_VALUES = 60  # of one field: no person sends more


@dataclass(frozen=True)
class Problem:
    """A reason why the form cannot be sent: the item, the key of the message, and its values."""

    item: dict
    word: str
    values: dict


@dataclass
class Sent:
    """One posted form."""

    closed: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)  # {question id: (text, soon)}
    apart: dict = field(default_factory=dict)  # equality answers, never in `closed`: see responses.apart
    values: dict = field(default_factory=dict)  # {field name: [value, ...]} to fill the form again
    problems: list = field(default_factory=list)
    whole: bool = False  # the page showed all questions at once

    @property
    def empty(self):
        return not self.closed and not self.texts and not self.apart


def parse(content, data):
    """A Sent from a QueryDict. Unknown fields and options are dropped; input over a limit is a Problem.

    `whole`: the browser could hide no question. Closed answers to questions outside this person's route are still
    dropped, but every text is kept, as on paper.
    """
    questionnaire, sent = Questionnaire(content), Sent()
    for item in questionnaire.questions:
        sent.values.update(_raw(item, data))
    for item in questionnaire.questions:
        _parse_closed(item, sent)
    for item in questionnaire.texts:
        _parse_text(item, sent)
    sent.apart = kept_apart(questionnaire, sent.closed)
    sent.whole = "whole" in data
    items = shown_items(questionnaire, sent.closed)
    sent.closed, asked = _answers_to(items, sent.closed, sent.texts)
    sent.texts = sent.texts if sent.whole else asked
    if sent.problems:
        told = {item["id"] for item in items} | {asked_id(question) for question in sent.texts}
        sent.problems = [problem for problem in sent.problems if asked_id(problem.item["id"]) in told]
    return sent


def only_shown(questionnaire, closed, texts):
    """(closed, texts) without answers to hidden questions and without equality answers."""
    return _answers_to(shown_items(questionnaire, closed), closed, texts)


def _answers_to(items, closed, texts):
    keys, ids = {item["key"] for item in items if not item.get("apart")}, {item["id"] for item in items}
    return (
        {key: value for key, value in closed.items() if key in keys},
        {question: said for question, said in texts.items() if asked_id(question) in ids},
    )


def kept_apart(questionnaire, closed):
    """The equality answers among the closed ones, for `responses.apart.enclosed`."""
    keys = [item["key"] for item in questionnaire.questions if item.get("apart")]
    return {key: closed[key] for key in keys if key in closed}


def _raw(item, data):
    given = {name: data.getlist(name) for name in field_names(item) if name in data}
    found = {name: [clean(value) for value in values[:MOST_VALUES]] for name, values in given.items()}
    return {name: values for name, values in found.items() if any(values)}


def clean(text):
    """Typed text with "\\n" line breaks, without null bytes and without characters that UTF-8 cannot hold."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def _parse_closed(item, sent):
    value, problem = closed_answer(item, sent.values)
    if problem:
        sent.problems.append(Problem(item, *problem))
    if value is not None and value != [] and value != {}:
        sent.closed[item["key"]] = value


def _parse_text(item, sent):
    values = sent.values.get(item["key"], [])
    text = "\n".join(values).strip()
    if not text:
        return
    most = min(item.get("max_length") or MOST_LETTERS, MOST_LETTERS)
    if len(text) > most:
        sent.problems.append(Problem(item, "error.long", {"n": len(text) - most}))
    sent.texts[item["id"]] = (text, f"{item['key']}.{SOON}" in sent.values)

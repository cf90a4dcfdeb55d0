"""Parsing of a posted survey form into closed answers and texts. Typed input is kept even where it does not fit."""

from dataclasses import dataclass, field

from consultation.surveys.question_types.base import SOON
from consultation.surveys.questionnaire_schema import Questionnaire, base_question_id
from consultation.surveys.routing_rules import keep_answers_to, list_shown_items
from consultation.surveys.type_registry import type_of

MAX_TEXT_LENGTH = 5000
MAY_QUOTE = "quote"  # the box "May we show your words?"; unticked is no
MAX_VALUES_PER_FIELD = 60  # of one field: no person sends more


@dataclass(frozen=True)
class AnswerProblem:
    """A reason why the form cannot be sent: the item, the key of the message, and its values."""

    item: dict
    word: str
    values: dict


@dataclass
class ParsedForm:
    closed: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)  # {question id: (text, soon)}
    equality_answers: dict = field(default_factory=dict)  # never in `closed`: see responses.equality_monitoring
    values: dict = field(default_factory=dict)  # {field name: [value, ...]} to fill the form again
    problems: list = field(default_factory=list)
    asked: list = field(
        default_factory=list
    )  # ids of the questions that the browser showed this person; [] where it hid none
    may_quote: bool | None = None  # None: the form has no words to show, so it did not ask

    @property
    def empty(self):
        return not self.closed and not self.texts and not self.equality_answers


def parse_survey_form(content, data):
    """A ParsedForm from a QueryDict. Unknown fields and options are dropped; input over a limit is an AnswerProblem.

    Branching is evaluated here, once. With a field `whole` the browser could hide no question: closed answers outside
    this person's route are still dropped, but every text is kept, as on paper.
    """
    questionnaire, sent = Questionnaire(content), ParsedForm()
    for name in (name for item in questionnaire.questions for name in type_of(item).list_field_names(item)):
        values = [clean_text(value) for value in data.getlist(name)[:MAX_VALUES_PER_FIELD]]
        if any(values):
            sent.values[name] = values
    if questionnaire.texts:
        sent.may_quote = bool(data.get(MAY_QUOTE))
    if sent.may_quote:
        sent.values[MAY_QUOTE] = ["1"]
    for item in questionnaire.questions:
        value, problem = type_of(item).parse(item, sent.values)
        if problem:
            sent.problems.append(AnswerProblem(item, *problem))
        if value not in (None, [], {}):
            sent.closed[item["key"]] = value
    for item in questionnaire.texts:
        _add_text(item, sent)
    sent.equality_answers = pick_equality_answers(questionnaire, sent.closed)
    items = list_shown_items(questionnaire, sent.closed)
    sent.asked = [item["id"] for item in items if type_of(item).is_question and "whole" not in data]
    sent.closed, asked = keep_answers_to(items, sent.closed, sent.texts)
    sent.texts = sent.texts if "whole" in data else asked
    shown = {item["id"] for item in items}
    sent.problems = [
        problem
        for problem in sent.problems
        if base_question_id(problem.item["id"]) in shown or ("whole" in data and type_of(problem.item).is_text)
    ]
    return sent


def pick_equality_answers(questionnaire, closed):
    """The equality answers among the closed ones, for responses.equality_monitoring."""
    keys = [item["key"] for item in questionnaire.questions if item.get("apart")]
    return {key: closed[key] for key in keys if key in closed}


def clean_text(text):
    """Typed text with "\\n" line breaks, without null bytes and without characters that UTF-8 cannot hold."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def _add_text(item, sent):
    text = "\n".join(sent.values.get(item["key"], [])).strip()
    soon = f"{item['key']}.{SOON}" in sent.values
    if not text:
        if soon:  # without words nobody would read anything soon, and the person would never know
            sent.problems.append(AnswerProblem(item, "error.soon", {}))
        return
    most = min(item.get("max_length") or MAX_TEXT_LENGTH, MAX_TEXT_LENGTH)
    if len(text) > most:
        sent.problems.append(AnswerProblem(item, "error.long", {"n": len(text) - most}))
    sent.texts[item["id"]] = (text, soon)

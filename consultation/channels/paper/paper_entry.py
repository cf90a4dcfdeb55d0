"""One typed paper form: its display on the typing page, and the answers to store."""

from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import override

from consultation.channels.paper.paper_codes import split_typed_codes
from consultation.channels.paper.paper_sheet import make_paper_sheet
from consultation.channels.paper.paper_typing import TYPING
from consultation.channels.web.form_parsing import MAX_TEXT_LENGTH, MAY_QUOTE, clean_text, parse_survey_form
from consultation.interface_text import get_text, text_direction
from consultation.responses.models import Channel
from consultation.surveys.questionnaire_schema import Questionnaire, base_question_id
from consultation.surveys.type_registry import type_of

HELPED = "helped"  # the box "Somebody else wrote it down"
NOTHING_TYPED = "Nothing is typed yet. A form without an answer is not counted: put it aside."
SOON_WITHOUT_WORDS = (
    "“I want someone to read this soon” is ticked, and no words are typed. Type the words. If the paper has none, take "
    "out the s, then tell a safeguarding lead of the tick at once."
)
TEXT_TOO_LONG = "This is longer than {most} letters. Take out {over}, and type them under another question."


class PaperFormEntry:
    """A form from posted `data`, or an empty one."""

    def __init__(self, version, language, data=None):
        self.version, self.language = version, language
        self.content = version.content
        self.sheet = make_paper_sheet(self.content, language)
        self.values, self.problems, self.unclear = {}, {}, []
        self.closed, self.texts, self.equality_answers, self.left_out = {}, {}, {}, []
        for item in (question["item"] for question in self.sheet.questions):
            for name in TYPING.of_item(item).list_fields(item):
                self.values[name] = clean_text((data or {}).get(name, ""))
        self.may_quote = bool((data or {}).get(MAY_QUOTE)) if self.sheet.asks_to_quote else None
        self.helped = bool((data or {}).get(HELPED))
        if data is not None:
            self._read()

    @property
    def entry_channel(self):
        """Whose hand it is: the person's own, or that of somebody who wrote down what they said."""
        return Channel.HELPED if self.helped else Channel.PAPER

    @property
    def empty(self):
        return not (self.closed or self.texts or self.equality_answers)

    @property
    def begun(self):
        return any(self.values.values())

    def _read(self):
        form = QueryDict(mutable=True)
        for question in self.sheet.questions:
            item = question["item"]
            typing = TYPING.of_item(item)
            values = {name: self.values[name] for name in typing.list_fields(item)}
            fields, problems = typing.parse_question(item, values)
            for name, found in fields.items():
                form.setlist(name, found)
            self.problems |= {name: problem for name, problem in problems.items() if problem}
            if any(typing.is_unclear(item, name, value) for name, value in values.items()):
                self.unclear.append(question["number"])
        self._keep(form)

    def _keep(self, form):
        """Closed answers by the web form's parser, so that figures are comparable; every text, on any route."""
        form["whole"] = "1"
        sent = parse_survey_form(self.content, form)
        self.closed, self.equality_answers, self.texts = sent.closed, sent.equality_answers, sent.texts
        for problem in sent.problems:
            if problem.word == "error.soon":
                self.problems[problem.item["key"]] = SOON_WITHOUT_WORDS
            elif problem.word != "error.long":  # people write in margins, so only MOST_LETTERS limits a text
                with override("en"):
                    self.problems.setdefault(problem.item["key"], get_text(problem.word, **problem.values))
        for item in Questionnaire(self.content).texts:
            over = len(form.get(item["key"], "").strip()) - MAX_TEXT_LENGTH
            if over > 0:
                self.problems[item["key"]] = TEXT_TOO_LONG.format(most=MAX_TEXT_LENGTH, over=over)
        self._find_left_out()

    def _find_left_out(self):
        """Numbers of ticked questions that, by the earlier answers, were not for this person."""
        kept = self.closed.keys() | self.equality_answers.keys()
        written = {base_question_id(question) for question in self.texts}
        for question in self.sheet.questions:
            item = question["item"]
            is_text = type_of(item).is_text
            names = [name for name in TYPING.of_item(item).list_fields(item) if not is_text or name != item["key"]]
            ticked = any(self._is_tick(item, name) for name in names)
            if ticked and item["key"] not in kept and not (is_text and item["id"] in written):
                self.left_out.append(question["number"])

    def _is_tick(self, item, name):
        value = self.values[name].strip().strip(".")
        return bool(value) and not TYPING.of_item(item).is_unclear(item, name, value) and name not in self.problems

    def questions(self):
        """Template contexts of the parts and questions with their fields, in the order of the paper."""
        source = self.content["source"]
        english = make_paper_sheet(self.content, source) if source != self.language else None
        blocks = []
        for place, block in enumerate(self.sheet.blocks):
            twin = english.blocks[place] if english else {}
            fields = self._fields(block, twin) if block["number"] else []
            blocks.append(
                block | {"english": _english_unless_same(block["text"], twin.get("text", "")), "fields": fields}
            )
        return blocks

    def _fields(self, block, twin):
        item = block["item"]
        typing = TYPING.of_item(item)
        labels, chosen = typing.label_fields(item, block), self._chosen(item, typing)
        english = {option["code"]: option["text"] for option in twin.get("options", []) + twin.get("also", [])}
        block["choices"] = [
            {
                "code": option["code"],
                "text": option["text"],
                "english": _english_unless_same(option["text"], english.get(option["code"], "")),
                "on": option["code"] in chosen,
            }
            for option in [*block["options"], *block["also"], *([block["soon"]] if block["soon"] else [])]
            if typing.lists_choice(option)
        ]
        return [self._field(item, name, labels.get(name, "Ticked")) for name in typing.list_fields(item)]

    def _chosen(self, item, typing):
        """The typed codes, to mark in the list of choices."""
        fields = {name: typing.find_codes(item, name) for name in typing.list_fields(item)}
        return {
            sign
            for name, codes in fields.items()
            for sign in split_typed_codes(self.values[name], codes)
            if codes and typing.marks_chosen
        }

    def _field(self, item, name, label):
        typing = TYPING.of_item(item)
        codes, words = typing.find_codes(item, name), typing.is_words(item, name)
        return {
            "name": name,
            "label": label,
            "value": self.values[name],
            "problem": self.problems.get(name, ""),
            "words": words,
            "rows": typing.rows,
            "codes": " ".join(codes),
            "echo": typing.echoes_choice,
            "one": bool(codes) and typing.moves_on and not typing.takes_many_codes(item, name),
            "places": " ".join(map(str, typing.list_places(item, name))),
        }

    @property
    def direction(self):
        return text_direction(self.language)


def _english_unless_same(text, english):
    """The English text beside a text of another language; "" beside the same text."""
    return english if strip_tags(str(text)) != str(english) else ""

"""One typed paper form: its display on the typing page, and the answers to store."""

from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import override

from consultation.channels.paper import paper_typing
from consultation.channels.paper.paper_sheet import make_paper_sheet
from consultation.channels.web.form_fields import ranking_places
from consultation.channels.web.form_parsing import MAX_TEXT_LENGTH, clean_text, parse_survey_form
from consultation.interface_text import get_text, text_direction
from consultation.surveys.questionnaire_schema import TEXT, Questionnaire, base_question_id

NOTHING_TYPED = "Nothing is typed yet. A form without an answer is not counted: put it aside."
TEXT_TOO_LONG = "This is longer than {most} letters. Take out {over}, and type them under another question."


class PaperFormEntry:
    """A form from posted `data`, or an empty one."""

    def __init__(self, version, language, data=None):
        self.version, self.language = version, language
        self.content = version.content
        self.sheet = make_paper_sheet(self.content, language)
        self.values, self.problems, self.unclear = {}, {}, []
        self.closed, self.texts, self.apart, self.left_out = {}, {}, {}, []
        for question in self.sheet.questions:
            self._take(question["item"], data or {})
        if data is not None:
            self._read()

    @property
    def empty(self):
        return not (self.closed or self.texts or self.apart)

    @property
    def begun(self):
        return any(self.values.values())

    def _take(self, item, data):
        for name in paper_typing.typing_field_names(item):
            self.values[name] = clean_text(data.get(name, "")) if name in data else ""

    def _read(self):
        form = QueryDict(mutable=True)
        for question in self.sheet.questions:
            item = question["item"]
            values = {name: self.values[name] for name in paper_typing.typing_field_names(item)}
            fields, problems = paper_typing.parse_typed_question(item, values)
            for name, found in fields.items():
                form.setlist(name, found)
            self.problems |= {name: problem for name, problem in problems.items() if problem}
            if any(paper_typing.is_marked_unclear(item, name, value) for name, value in values.items()):
                self.unclear.append(question["number"])
        self._keep(form)

    def _keep(self, form):
        """Closed answers by the web form's parser, so that figures are comparable; every text, on any route."""
        sent = parse_survey_form(self.content, form)
        self.closed, self.apart = sent.closed, sent.apart
        for problem in sent.problems:
            if problem.word != "error.long":  # people write in margins, so only MOST_LETTERS limits a text
                with override("en"):
                    self.problems.setdefault(problem.item["key"], get_text(problem.word, **problem.values))
        for item in Questionnaire(self.content).texts:
            self._keep_words(item, form)
        self._find_left_out(form)

    def _keep_words(self, item, form):
        text = form.get(item["key"], "").strip()
        if len(text) > MAX_TEXT_LENGTH:
            self.problems[item["key"]] = TEXT_TOO_LONG.format(most=MAX_TEXT_LENGTH, over=len(text) - MAX_TEXT_LENGTH)
        if text:
            self.texts[item["id"]] = (text, bool(form.getlist(f"{item['key']}.soon")))

    def _find_left_out(self, form):
        """Numbers of ticked questions that, by the earlier answers, were not for this person."""
        kept = self.closed.keys() | self.apart.keys()
        written = {base_question_id(question) for question in self.texts}
        for question in self.sheet.questions:
            item = question["item"]
            names = [
                name
                for name in paper_typing.typing_field_names(item)
                if not (item["type"] in TEXT and name == item["key"])
            ]
            ticked = any(self._is_tick(item, name) for name in names)
            if ticked and item["key"] not in kept and not (item["type"] in TEXT and item["id"] in written):
                self.left_out.append(question["number"])

    def _is_tick(self, item, name):
        value = self.values[name].strip().strip(".")
        return bool(value) and not paper_typing.is_marked_unclear(item, name, value) and name not in self.problems

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
        labels = self._labels(block)
        chosen = self._chosen(item)
        english = {option["code"]: option["text"] for option in twin.get("options", []) + twin.get("also", [])}
        block["choices"] = [
            {
                "code": option["code"],
                "text": option["text"],
                "english": _english_unless_same(option["text"], english.get(option["code"], "")),
                "on": option["code"] in chosen,
            }
            for option in [*block["options"], *block["also"], *([block["soon"]] if block["soon"] else [])]
            if item["type"] != "ranking" or option in block["also"] or option.get("alone")
        ]
        return [self._field(item, name, labels.get(name, "Ticked")) for name in paper_typing.typing_field_names(item)]

    def _chosen(self, item):
        """The typed codes, to mark in the list of choices; none for a grid, whose rows have their own."""
        if item["type"] == "grid":
            return set()
        names = [name for name in paper_typing.typing_field_names(item) if paper_typing.codes_allowed_in(item, name)]
        return {
            sign
            for name in names
            for sign in paper_typing.split_typed_codes(self.values[name], paper_typing.codes_allowed_in(item, name))
        }

    def _labels(self, block):
        item = block["item"]
        if item["type"] == "grid":
            return {f"{block['key']}.{row['key']}": row["text"] for row in block["rows"]}
        if item["type"] == "ranking":
            texts = {option["key"]: option["text"] for option in block["options"]}
            return {
                paper_typing.ranking_field_name(item, one): texts[one["key"]]
                for one in paper_typing.rankable_options(item)
            }
        words = {"number": "Number", "month": "Month and year"}.get(
            item["type"], "Words" if item["type"] in TEXT else ""
        )
        return ({block["key"]: words} if words else {}) | {f"{block['key']}.other": "Words beside it"}

    def _field(self, item, name, label):
        codes = paper_typing.codes_allowed_in(item, name)
        words = name.endswith(".other") or (item["type"] in TEXT and name == item["key"])
        return {
            "name": name,
            "label": label,
            "value": self.values[name],
            "problem": self.problems.get(name, ""),
            "words": words,
            "long": item["type"] == "long_text" and name == item["key"],
            "codes": " ".join(codes),
            "echo": item["type"] == "grid",
            # One code is a complete answer, so the script moves to the next field.
            "one": bool(codes)
            and not paper_typing.takes_many_codes(item, name)
            and item["type"] not in ("number", "month"),
            "places": " ".join(map(str, ranking_places(item)))
            if item["type"] == "ranking" and name != item["key"]
            else "",
        }

    @property
    def direction(self):
        return text_direction(self.language)


def _english_unless_same(text, english):
    """The English text beside a text of another language; "" beside the same text."""
    return english if strip_tags(str(text)) != str(english) else ""

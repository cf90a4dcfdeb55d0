"""One typed paper form: its display on the typing page, and the answers to store."""

from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import override

from consultation.answering.fields import places
from consultation.answering.paper import typed
from consultation.answering.paper.sheet import sheet
from consultation.answering.parsing import MOST_LETTERS, clean, parse
from consultation.questionnaires.schema import TEXT, Questionnaire, asked_id
from consultation.words import direction, word

NOTHING = "Nothing is typed yet. A form without an answer is not counted: put it aside."
TOO_LONG = "This is longer than {most} letters. Take out {over}, and type them under another question."


class Entry:
    """A form from posted `data`, or an empty one."""

    def __init__(self, version, language, data=None):
        self.version, self.language = version, language
        self.content = version.content
        self.sheet = sheet(self.content, language)
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
        for name in typed.field_names(item):
            self.values[name] = clean(data.get(name, "")) if name in data else ""

    def _read(self):
        form = QueryDict(mutable=True)
        for question in self.sheet.questions:
            item = question["item"]
            values = {name: self.values[name] for name in typed.field_names(item)}
            fields, problems = typed.read(item, values)
            for name, found in fields.items():
                form.setlist(name, found)
            self.problems |= {name: problem for name, problem in problems.items() if problem}
            if any(typed.is_unclear(item, name, value) for name, value in values.items()):
                self.unclear.append(question["number"])
        self._keep(form)

    def _keep(self, form):
        """Closed answers by the web form's parser, so that figures are comparable; every text, on any route."""
        sent = parse(self.content, form)
        self.closed, self.apart = sent.closed, sent.apart
        for problem in sent.problems:
            if problem.word != "error.long":  # people write in margins, so only MOST_LETTERS limits a text
                with override("en"):
                    self.problems.setdefault(problem.item["key"], word(problem.word, **problem.values))
        for item in Questionnaire(self.content).texts:
            self._keep_words(item, form)
        self._find_left_out(form)

    def _keep_words(self, item, form):
        text = form.get(item["key"], "").strip()
        if len(text) > MOST_LETTERS:
            self.problems[item["key"]] = TOO_LONG.format(most=MOST_LETTERS, over=len(text) - MOST_LETTERS)
        if text:
            self.texts[item["id"]] = (text, bool(form.getlist(f"{item['key']}.soon")))

    def _find_left_out(self, form):
        """Numbers of ticked questions that, by the earlier answers, were not for this person."""
        kept = self.closed.keys() | self.apart.keys()
        written = {asked_id(question) for question in self.texts}
        for question in self.sheet.questions:
            item = question["item"]
            names = [name for name in typed.field_names(item) if not (item["type"] in TEXT and name == item["key"])]
            ticked = any(self._is_tick(item, name) for name in names)
            if ticked and item["key"] not in kept and not (item["type"] in TEXT and item["id"] in written):
                self.left_out.append(question["number"])

    def _is_tick(self, item, name):
        value = self.values[name].strip().strip(".")
        return bool(value) and not typed.is_unclear(item, name, value) and name not in self.problems

    def questions(self):
        """Template contexts of the parts and questions with their fields, in the order of the paper."""
        source = self.content["source"]
        english = sheet(self.content, source) if source != self.language else None
        blocks = []
        for place, block in enumerate(self.sheet.blocks):
            twin = english.blocks[place] if english else {}
            fields = self._fields(block, twin) if block["number"] else []
            blocks.append(block | {"english": _other_than(block["text"], twin.get("text", "")), "fields": fields})
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
                "english": _other_than(option["text"], english.get(option["code"], "")),
                "on": option["code"] in chosen,
            }
            for option in [*block["options"], *block["also"], *([block["soon"]] if block["soon"] else [])]
            if item["type"] != "ranking" or option in block["also"] or option.get("alone")
        ]
        return [self._field(item, name, labels.get(name, "Ticked")) for name in typed.field_names(item)]

    def _chosen(self, item):
        """The typed codes, to mark in the list of choices; none for a grid, whose rows have their own."""
        if item["type"] == "grid":
            return set()
        names = [name for name in typed.field_names(item) if typed.codes_of(item, name)]
        return {sign for name in names for sign in typed.split(self.values[name], typed.codes_of(item, name))}

    def _labels(self, block):
        item = block["item"]
        if item["type"] == "grid":
            return {f"{block['key']}.{row['key']}": row["text"] for row in block["rows"]}
        if item["type"] == "ranking":
            texts = {option["key"]: option["text"] for option in block["options"]}
            return {typed.place_name(item, one): texts[one["key"]] for one in typed.things(item)}
        words = {"number": "Number", "month": "Month and year"}.get(
            item["type"], "Words" if item["type"] in TEXT else ""
        )
        return ({block["key"]: words} if words else {}) | {f"{block['key']}.other": "Words beside it"}

    def _field(self, item, name, label):
        codes = typed.codes_of(item, name)
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
            "one": bool(codes) and not typed.takes_many(item, name) and item["type"] not in ("number", "month"),
            "places": " ".join(map(str, places(item))) if item["type"] == "ranking" and name != item["key"] else "",
        }

    @property
    def direction(self):
        return direction(self.language)


def _other_than(text, english):
    """The English text beside a text of another language; "" beside the same text."""
    return english if strip_tags(str(text)) != str(english) else ""

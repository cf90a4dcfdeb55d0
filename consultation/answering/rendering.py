"""The survey as one document: every question in it, one shown at a time by CSS, no script needed.

`render_survey` makes the markup from a frozen questionnaire; `survey_document` keeps it for each version and language,
so that a visit only puts its own token in.
"""

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.answering.branching import Branching
from consultation.answering.look import look_path
from consultation.answering.parsing import SOON, places
from consultation.answering.ways import answer_path, languages_of
from consultation.questionnaires.schema import ALSO, TEXT, said
from consultation.respondents.documents import MARK, Document
from consultation.words import word
from consultation.words.context import public

TEMPLATE = "consultation/answering/survey.html"
ALSO_WORDS = {"dont-know": "q.dontknow", "rather-not": "q.rathernot"}
HELP_WORDS = {"childline": "help.childline", "shout": "help.shout", "999": "help.danger"}
TYPE_HINTS = {
    "single": "q.single",
    "faces": "q.faces",
    "agreement": "q.agreement",
    "grid": "q.grid",
    "ranking": "q.ranking",
    "short_text": "q.short",
    "long_text": "q.long",
}
WIDE = 28  # letters: longer choices take a line each


def render_survey(
    content,
    language,
    *,
    token,
    action,
    values=None,
    errors=None,
    notice="",
    on_check=False,
    preview=False,
    can_send=True,
    switches=(),
):
    """The whole survey in one language. `values` {field name: [value]} fills it in again; `errors` are Problems of its
    items; `notice` are words about the form as a whole, lazy ones; `switches` are those of ways.py that are on."""
    with override(language):
        survey = Survey(content, language, values or {}, errors or [])
        context = {
            **public(None),
            "language": language,
            "title": survey.said(content["title"]),
            "unchecked": language in content["machine"],
            "steps": survey.steps(),
            "branches": bool(survey.branching.spec),
            "look": look_path(survey.branching.spec),
            "token": token,
            "action": action,
            "landing": action.removesuffix("answer/"),
            "notice": notice,
            "problems": survey.problems,
            "failed": bool(errors or notice),
            "elsewhere": _problems_elsewhere(survey, notice) if errors or notice else [],
            "switches": switches,
            "languages_of": languages_of(content, action),
            "on_check": on_check or bool(errors or notice),
            "preview": preview,
            "can_send": can_send,
            "last_back": survey.back_from(len(survey.items)),
            "unsent": True,
            "home_path": f"/{language}/",
        }
        return render_to_string(TEMPLATE, context)


def _problems_elsewhere(survey, notice):
    """[(language, markup)]: what is wrong, in every language of the survey, so that a change of language needs no Send."""
    made = []
    for code in survey.content["languages"]:
        with override(code):
            context = {"problems": survey.problems, "notice": notice, "total": len(survey.numbers)}
            made.append((code, render_to_string("consultation/answering/problems.html", context)))
    return made


_documents: dict[tuple, Document] = {}
MOST_DOCUMENTS = 128


def survey_document(version, language, *, without_texts=False, switches=()):
    """The empty survey of a version, made once in this process and kept; versions never change."""
    name = (version.pk, language, without_texts, switches)
    if name not in _documents:
        if len(_documents) >= MOST_DOCUMENTS:
            _documents.clear()
        shown = no_texts(version.content) if without_texts else version.content
        action = answer_path(version.content["slug"], language)
        html = render_survey(shown, language, token=MARK, action=action, switches=switches)
        _documents[name] = Document(html)
    return _documents[name]


def no_texts(content):
    """The questionnaire while free text is closed (an officer or a lead may do so at once)."""
    return {**content, "items": [item for item in content["items"] if item["type"] not in TEXT]}


class Survey:
    """What the template needs, item by item, in the active language."""

    def __init__(self, content, language, values, errors):
        self.content, self.language, self.values = content, language, values
        self.source = content["source"]
        self.branching = Branching(content)
        self.items = [item for item in content["items"] if not self.branching.never_shown(item)]
        self.errors = {problem.item["id"]: problem for problem in errors}
        self.numbers = self._numbers()

    def _numbers(self):
        questions = [item["id"] for item in self.items if item["type"] != "section"]
        return {item_id: number for number, item_id in enumerate(questions, start=1)}

    def said(self, strings, easy=None):
        """A string in the language, its easy-read variant beside it; the source language is marked where it stands in."""
        standard, simple = self._marked(strings), easy or {}
        if simple.get(self.language) or (self.language == self.source and simple.get(self.source)):
            simple = self._marked(simple)
            if simple != standard:
                return mark_safe(f'<span class="std">{standard}</span><span class="ez">{simple}</span>')
        return standard

    def _marked(self, strings):
        text = conditional_escape(said(strings, self.language, self.source))
        if text and self.language != self.source and not strings.get(self.language):
            return mark_safe(f'<span lang="{conditional_escape(self.source)}" dir="auto">{text}</span>')
        return text

    @property
    def problems(self):
        """The problems in the order of the questions, each with the step that it is about."""
        return [
            {"number": self.numbers[item["id"]], "target": self._target(item), "word": self._problem_word(item)}
            for item in self.items
            if item["id"] in self.errors
        ]

    def _problem_word(self, item):
        problem = self.errors[item["id"]]
        return word(problem.word, **problem.values)

    def _target(self, item):
        return f"q{item['key']}"

    def steps(self):
        section, first_about, made = None, True, []
        for index, item in enumerate(self.items):
            if item["type"] == "section":
                section = item
                if not self.stands_alone(item):
                    continue
            about = bool(item["about_you"]) and first_about
            first_about = first_about and not about
            made.append(self._step(index, item, section, about))
        return made

    def stands_alone(self, item):
        """A heading alone rides on the steps after it; one with a text, or before a hard part, is a step of its own."""
        return item["type"] != "section" or item["sensitive"] or bool(item["hint"])

    def _step(self, index, item, section, about):
        rule = self.branching.rule_of(item)
        total = len(self.numbers)
        return {
            "id": self._target(item),
            "key": item["key"],
            "type": item["type"],
            "rule": rule,
            "number": self.numbers.get(item["id"]),
            "total": total,
            "section": self.said(section["text"], section["easy"]) if section and section is not item else "",
            "text": self.said(item["text"], item["easy"]),
            "hint": self.said(item["hint"], item["hint_easy"]),
            "type_hint": self._type_hint(item),
            "limit": item.get("limit"),
            "why": self.said(item["why"]),
            "about": about,
            "sensitive": item["sensitive"],
            "problem": self._problem_word(item) if item["id"] in self.errors else "",
            "onward": self._links(range(index + 1, len(self.items)), "check"),
            "back": self.back_from(index),
            "skip_part": self._skip_part(index) if item["type"] == "section" and item["sensitive"] else [],
            "help": self._help(item),
            **self._controls(item),
        }

    def _type_hint(self, item):
        if item["type"] == "multiple":
            return "q.multiple.max" if item.get("limit") else "q.multiple"
        return TYPE_HINTS.get(item["type"], "")

    def _links(self, indexes, end):
        """The links to the next step that is shown: exactly one of them is visible, whatever is chosen."""
        links, left_out = [], []
        for index in indexes:
            item = self.items[index]
            if not self.stands_alone(item):
                continue
            rule = self.branching.rule_of(item)
            if rule in left_out:
                continue
            links.append({"target": self._target(item), "classes": _classes(left_out, rule)})
            if rule is None:
                return links
            left_out.append(rule)
        links.append({"target": end, "classes": _classes(left_out, None)})
        return links

    def back_from(self, index):
        return self._links(range(index - 1, -1, -1), "")

    def _skip_part(self, index):
        rest = range(index + 1, len(self.items))
        after = next((place for place in rest if self.items[place]["type"] == "section"), len(self.items))
        return self._links(range(after, len(self.items)), "check")

    def _help(self, item):
        rules = self.branching.help_rules(item)
        return [
            {"rule": rule, "text": self.said(entry["text"]), "words": _help_words(entry.get("entries") or [])}
            for rule, entry in zip(rules, item.get("help") or [], strict=True)
            if rule
        ]

    def _controls(self, item):
        makers = {"grid": self._grid, "ranking": self._ranking, "short_text": self._text, "long_text": self._text}
        return {} if item["type"] == "section" else makers.get(item["type"], self._choices)(item)

    def _option(self, item, option, name, classes):
        chosen = option["key"] in self.values.get(name, [])
        return {
            "name": name,
            "value": option["key"],
            "text": self.said(option["text"], option["easy"]),
            "class": classes.get(option["key"], ""),
            "checked": chosen,
            "alone": bool(option.get("exclusive")),
            "face": int(option["id"]) if item["type"] == "faces" and option["id"] in "12345" else 0,
        }

    def _also(self, item, name):
        classes = self.branching.option_classes(item)
        return [
            {
                "name": name,
                "value": ALSO[also],
                "word": ALSO_WORDS[also],
                "class": classes.get(ALSO[also], ""),
                "checked": ALSO[also] in self.values.get(name, []),
                "alone": True,
            }
            for also in item["also"]
        ]

    def _choices(self, item):
        classes = self.branching.option_classes(item)
        options = [self._option(item, option, item["key"], classes) for option in item["options"]]
        return {
            "control": "checkbox" if item["type"] == "multiple" else "radio",
            "options": options,
            "also": self._also(item, item["key"]),
            "layout": self._layout(item),
        }

    def _layout(self, item):
        if item["type"] == "faces":
            return "faces"
        longest = max((len(said(option["text"], self.language, self.source)) for option in item["options"]), default=0)
        return "two-up" if len(item["options"]) > 3 and longest <= WIDE and item["type"] != "agreement" else ""

    def _grid(self, item):
        classes = self.branching.option_classes(item)
        rows = []
        for row in item["rows"]:
            name = f"{item['key']}.{row['key']}"
            rows.append(
                {
                    "id": name,
                    "text": self.said(row["text"], row["easy"]),
                    "options": [self._option(item, option, name, classes) for option in item["options"]]
                    + self._also(item, name),
                }
            )
        return {"control": "radio", "rows": rows, "layout": "four"}

    def _ranking(self, item):
        classes = self.branching.option_classes(item)
        things = [option for option in item["options"] if not option.get("exclusive")]
        rows = [
            {
                "id": f"{item['key']}.{place}",
                "word": f"rank.{place}" if place <= 3 else "",
                "text": str(place),
                "options": [self._option(item, option, f"{item['key']}.{place}", classes) for option in things],
            }
            for place in places(item)
        ]
        alone = [
            self._option(item, option, item["key"], classes) for option in item["options"] if option not in things
        ]
        return {"control": "radio", "rows": rows, "also": alone + self._also(item, item["key"]), "layout": "two-up"}

    def _text(self, item):
        return {
            "value": "\n".join(self.values.get(item["key"], [])),
            "max_length": item.get("max_length"),
            "soon": item["soon_box"],
            "soon_name": f"{item['key']}.{SOON}",
            "soon_checked": f"{item['key']}.{SOON}" in self.values,
        }


def _help_words(entries):
    """The numbers to call, in the interface's own words; Childline and Shout where none of them is named."""
    return [HELP_WORDS[entry] for entry in entries if entry in HELP_WORDS] or ["help.childline", "help.shout"]


def _classes(left_out, rule):
    names = [f"un-r{number}" for number in left_out] + ([f"if-r{rule}"] if rule else [])
    return " ".join(names)

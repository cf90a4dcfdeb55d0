"""The contents of a paper form, for printing and typing: its parts and questions in one language and one kind."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.channels.paper import paper_routing
from consultation.channels.paper.paper_codes import NON_RESPONSE_SIGNS, SOON_CODE, option_keys_by_code
from consultation.interface_text import get_text_html, text_direction
from consultation.surveys.question_types.ranking import ranking_places
from consultation.surveys.questionnaire_schema import (
    NON_RESPONSE_WORDS,
    Questionnaire,
    can_choose_several,
    find_option_key,
    localised_text,
)
from consultation.surveys.type_registry import TypeTable, find_template, type_of

STANDARD, EASY, LARGE = "standard", "easy", "large"
SHEET_KINDS = (STANDARD, EASY, LARGE)
ANSWERS = "consultation/channels/paper/answers"
# Where the paper says something else than the web about how to answer.
HINT_WORDS = TypeTable(question="", area="q.single", ranking="paper.rank", month="paper.month")
# Whether short options may stand in two columns.
IN_COLUMNS = TypeTable(
    question=False, choice=True, scale=False, slider=False, pictures=False, grid=False, ranking=False
)
SHOWS_PICTURES = TypeTable(question=False, pictures=True)
LETTERS_A_LINE = 70
FEWEST_LINES, MOST_LINES = 2, 12
COMMA_BY_DIRECTION = {"rtl": "، ", "ltr": ", "}


class PaperSheet:
    """Must be made with its language active (see `make_paper_sheet`)."""

    def __init__(self, content, language, kind=STANDARD, *, without_texts=False):
        self.content, self.language, self.kind, self.without_texts = content, language, kind, without_texts
        self.source = content["source"]
        self.items = paper_routing.list_reachable_items(content)
        questions = [item for item in self.items if type_of(item).is_question]
        self.numbers = {item["id"]: number for number, item in enumerate(questions, start=1)}
        self.title = self.said(content["title"])
        self.blocks = self._blocks()

    @property
    def questions(self):
        return [block for block in self.blocks if block["number"]]

    @property
    def asks_to_quote(self):
        """Whether the form has a line for words, so that it asks whether they may be shown."""
        return not self.without_texts and bool(Questionnaire(self.content).texts)

    def word(self, key, **values):
        return get_text_html(key, easy_read=self.kind == EASY, **values)

    def said(self, strings, easy=None):
        """A string of the questionnaire; the source text in place of a missing translation has a `lang` attribute."""
        simple = (easy or {}) if self.kind == EASY else {}
        own = simple if simple.get(self.language) or (simple and not strings.get(self.language)) else strings
        text = conditional_escape(localised_text(own, self.language, self.source))
        if text and self.language != self.source and not own.get(self.language):
            return format_html('<span lang="{}" dir="ltr">{}</span>', self.source, text)
        return text

    def _blocks(self):
        """While free text is closed the question numbers do not change: typists rely on them."""
        made, first_about, depth = [], True, 0
        for item in self.items:
            if self.without_texts and type_of(item).is_text:
                continue
            if not type_of(item).is_question:
                depth = min(item.get("level") or 1, depth + 1)
                made.append(self._part(item, depth))
                continue
            about = bool(item["about_you"]) and first_about
            first_about = first_about and not about
            made.append(self._question(item, depth, about))
        return made

    def _common(self, item, depth):
        return {
            "id": item["id"],
            "key": item["key"],
            "number": self.numbers.get(item["id"]),
            "heading": f"h{depth + 1}",
            "text": self.said(item["text"], item["easy"]),
            "untranslated": self.word("q.untranslated") if self.language not in item["text"] else "",
            "hint": self.said(item["hint"], item["hint_easy"]),
            "only": self.only_if(item),
        }

    def _part(self, item, depth):
        part = self._common(item, depth) | {"sensitive": self.word("q.sensitive") if item["sensitive"] else ""}
        if part["only"]:
            after = paper_routing.first_question_after_part(item, self.items)
            part["only"]["otherwise"] = (
                self.word("paper.not", n=self.numbers[after["id"]]) if after else self.word("paper.not.end")
            )
        return part

    def _question(self, item, depth, about):
        return self._common(item, depth + 1) | {
            "item": item,
            "reference": f"Q{self.numbers[item['id']]} · {item['key']}",
            "how": self._how(item),
            "about": self.word("q.equality" if item.get("apart") else "q.about") if about or item.get("apart") else "",
            "why": self.said(item["why"]),
            "picture": item.get("picture") if self.kind == EASY else None,
            "template": find_template(ANSWERS, type_of(item)),
            "in_columns": IN_COLUMNS.of_item(item),
            "several": can_choose_several(item),
            "options": self._options(item),
            "also": [
                {"code": NON_RESPONSE_SIGNS[name], "text": self.word(NON_RESPONSE_WORDS[name])}
                for name in item["also"]
            ],
            "rows": [{"key": row["key"], "text": self.said(row["text"], row["easy"])} for row in item["rows"]],
            "ends": {end: self.said(text) for end, text in (item.get("ends") or {}).items()},
            "unit": self.said(item.get("unit") or {}),
            "lines": self._lines(item),
            "soon": {"code": SOON_CODE, "text": self.word("q.soon")} if item["soon_box"] else None,
            "jumps": [self._jump(item, *jump) for jump in paper_routing.list_jumps(item, self.items)],
        }

    def _how(self, item):
        key = HINT_WORDS.of_item(item) or type_of(item).find_hint_word(item)
        ends = [option["id"] for option in item["options"]] or [""]
        most = item.get("limit") or len(ranking_places(item))
        return self.word(key, low=ends[0], high=ends[-1], n=most) if key else ""

    def _options(self, item):
        """Options with their codes; none for a number or a month, which people write on paper."""
        if type_of(item).is_banded:
            return []
        by_key = {option["key"]: option for option in item["options"]}
        return [self._option(item, by_key[key], code) for code, key in option_keys_by_code(item).items()]

    def _option(self, item, option, code):
        return {
            "key": option["key"],
            "code": code,
            "text": self.said(option["text"], option["easy"]),
            "alone": bool(option.get("exclusive")),
            "face": type_of(item).face_of(option),
            "picture": option.get("picture") if SHOWS_PICTURES.of_item(item) or self.kind == EASY else None,
            "alt": localised_text(option.get("alt") or {}, self.language, self.source),
            "other": bool(option.get("other")) and not item.get("apart") and not self.without_texts,
        }

    def _lines(self, item):
        if not type_of(item).is_text:
            return []
        needed = (item.get("max_length") or 1000) // LETTERS_A_LINE + 1
        return range(max(FEWEST_LINES, min(needed, MOST_LINES)))

    def only_if(self, item):
        """{"text": ..., "clauses": [...]}, nested, or None for an item that everyone answers."""
        found = paper_routing.routing_clauses_of(item, self.items)
        if found is None:
            return None
        if isinstance(found, paper_routing.RoutingGroup):
            return self._group(found, "paper.only.all" if found.every else "paper.only.one")
        return {"text": self._clause(found, "paper.only"), "clauses": []}

    def _group(self, group, key):
        inner = [
            self._group(one, "paper.if.all" if one.every else "paper.if.one")
            if isinstance(one, paper_routing.RoutingGroup)
            else {"text": self._clause(one, "paper.if"), "clauses": []}
            for one in group.clauses
        ]
        return {"text": self.word(key), "clauses": inner}

    def _clause(self, clause, prefix):
        number = self.numbers.get(clause.asked["id"], "")
        if clause.kind == "asked":
            return self.word("paper.if.asked", n=number)
        kind = clause.kind.removesuffix("_of")
        several = len(clause.options) > 1
        name = {"any": "any" if several else "this", "all": "every" if several else "this"}.get(kind, "none")
        keys = [find_option_key(clause.asked, option) for option in clause.options]
        return self.word(f"{prefix}.{name}", options=self._quoted(clause.asked, keys), n=number)

    def _quoted(self, item, keys):
        """The options' texts on the form, in quotation marks."""
        words = {option["key"]: self.said(option["text"], option["easy"]) for option in item["options"]}
        words |= {find_option_key(item, name): self.word(NON_RESPONSE_WORDS[name]) for name in NON_RESPONSE_WORDS}
        # Safe: each part is escaped above.
        return mark_safe(
            COMMA_BY_DIRECTION[text_direction(self.language)].join(f"“{words[key]}”" for key in keys if key in words)
        )

    def _jump(self, item, target, keys):
        key = "paper.goto" if target else "paper.goto.end"
        values = {"n": self.numbers[target["id"]]} if target else {}
        return self.word(f"{key}.any" if len(keys) > 1 else key, option=self._quoted(item, keys), **values)


def make_paper_sheet(content, language, kind=STANDARD):
    with override(language):
        return PaperSheet(content, language, kind)

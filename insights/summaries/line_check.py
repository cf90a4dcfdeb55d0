"""Whether a line says what the figures say: each of its numbers belongs to one row that it names, in one role."""

import re
from collections.abc import Iterable
from functools import partial

from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Release
from insights.summaries.linked_figures import LinkableRow, find_named_rows

LABEL, FIGURE = "\ue000-\uf8ff", "\U000f0000-\U000ffffd"  # private characters stand for what a line names and counts
NUMBER = r"\d++(?:,\d{3})*+(?:\.\d+)?+"
PERCENT = rf"{NUMBER}\s*(?:%|per ?cent\b)"
ROLES = {
    "symbol": rf"\bfewer than {NUMBER}(?!\s*(?:%|per))",
    "interval": rf"\bbetween {NUMBER}\s*%?\s+and\s+{PERCENT}|{NUMBER}\s*%?\s*(?:to|–|-)\s*{PERCENT}",
    "percent": PERCENT,
    "base": rf"\b(?:of|in)\s+(?:(?:the|all|these|those|about)\s+)*{NUMBER}(?!\s*(?:%|per))",
    "total": rf"{NUMBER}(?:\s+[^\W\d]+){{0,4}}\s+(?:answered|took part|replied)(?=\s*(?:[.,;:!?)]|$|in all\b))"
    rf"|\bheard from (?:about )?{NUMBER}",
    "value": NUMBER,
}
NUMBERS = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in ROLES.items()), re.IGNORECASE)
COUNT = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|forty"
    r"|(?:thir|four|fif|six|seven|eigh|nine)(?:teen|ty)|(?:dozen|hundred|thousand|million)s?"
)
PART = r"third|quarter|fifth|sixth|seventh|eighth|ninth|tenth"
PERSON = r"people|persons?|child(?:ren)?|one|body|young"
# What follows a word that may count people, and does in "most of them", "two said", "all young people"; not in "two buses".
COUNTED = (
    rf"(?: of)?(?: (?:the|these|those|them|our))*(?: \w+)? (?:{PERSON}|who|spoke|sa(?:y|id)|want\w*|ask\w*|answer\w*"
    r"|fe(?:el|lt)|th(?:ink|ought)|cho(?:se|ose)|named?|wrote|mention\w*|talk\w*)"
)
HOW_MANY = re.compile(
    rf"\b(?:(?:nearly|almost) (?:all|every\w*)|half|halves|majority|minority|nobody|none|no[ -](?:{PERSON})"
    rf"|not (?:one|a single)|only one|one (?:in|{PERSON}|spoke|said|of them)|(?:hardly|barely) any\w*"
    rf"|(?:an?|one) (?:{PART})|(?:{PART})s|twice|thrice|doubled?|tripled?|as (?:many|much|few|often)|handful|(?:a )?lots? of"
    rf"|few(?= (?:of|{PERSON}|spoke|said|want))|every ?(?:{PERSON})"
    rf"|(?:most|{COUNT}|several|a couple|(?<!too )(?<!how )many|(?<!in )(?<!at )(?<!for )(?<!of )all)(?={COUNTED}))\b"
    rf"|\b(?:more than|less than|fewer than|at least|at most|over|under|up to|nearly|almost)(?= (?:about )?[{FIGURE}])"
    r"|(?:\bnot|n['’]t|\bnever) (?:speak|spoken|talk|say|mention|choose|chosen|name|write)|[½⅓⅔¼¾⅕]",
    re.IGNORECASE,
)
COMPARED = re.compile(
    rf"\b(more|fewer|less)\b(.*?)\bthan\b[^{LABEL}]*?(?:([{LABEL}])|\b(?:any|every|other)\w*)", re.IGNORECASE
)
OF_THEM = re.compile(rf"[{FIGURE}] (?:of|among) (?:them|these|those|whom)\b(?! who answered)")
MEANING = {
    "symbol": "what the report says of",
    "interval": "the interval of",
    "percent": "the percentage of",
    "base": "the number in all for",
    "value": "the number of",
}


def find_wrong_number(words: str, rows: Iterable[LinkableRow], release: Release) -> str:
    """What is wrong with the numbers of a line, in plain words, or "". `rows`: all that a line of the release may name.
    A number is the value, percentage, base or interval of a row whose label stands with it in the sentence."""
    return _LineCheck(words, list(rows), release).find_mistake()


class _LineCheck:
    def __init__(self, words: str, rows: list[LinkableRow], release: Release) -> None:
        self.rows, self.release = rows, release
        self.named: dict[str, list[LinkableRow]] = {}  # by character; narrowed to the rows that its numbers fit
        self.figures: dict[str, tuple[str, str, list[float]]] = {}  # by character: role, words, numbers
        words, named = re.sub(f"[{LABEL}{FIGURE}]", "", words), find_named_rows(words, rows)
        for row in sorted(named, key=lambda row: (-len(row.label), row.kind != "question")):
            same = [one for one in named if one.pattern == row.pattern]
            words = row.pattern.sub(partial(self._put_name, same), words)
        self.words = NUMBERS.sub(self._put_figure, words)

    def _put_name(self, rows: list[LinkableRow], _: re.Match[str]) -> str:
        key = chr(ord(LABEL[0]) + len(self.named))
        self.named[key] = rows
        return key

    def _put_figure(self, match: re.Match[str]) -> str:
        key = chr(ord(FIGURE[0]) + len(self.figures))
        self.figures[key] = (str(match.lastgroup), match.group(), _read_numbers(match.group()))
        return key

    def find_mistake(self) -> str:
        subject: list[str] = []  # what a sentence that names nothing goes on about
        for sentence in re.split(r"[.;!?]+(?:\s|$)|\n", self.words):
            labels = _list_labels(sentence) or subject
            by_role: dict[str, list[str]] = {}
            for key in re.findall(f"[{FIGURE}]", sentence):
                by_role.setdefault(self.figures[key][0], []).append(key)
            if _list_labels(sentence) and not by_role.keys() & {"value", "percent"}:  # "11 to 13: 80 answered"
                by_role["value"] = by_role.pop("total", [])
            wrong = self._find_loose_words(sentence, labels)
            if "total" not in by_role and len(labels) > 1 and (found := OF_THEM.search(sentence)):
                wrong = wrong or self._refuse_unclear(found.group()[0])
            for role, keys in by_role.items():
                wrong = wrong or self._find_wrong_figure(role, keys, sentence, labels)
            if wrong := wrong or self._find_wrong_comparison(sentence):
                return wrong
            subject = labels[-1:]
        return ""

    def _find_loose_words(self, sentence: str, labels: list[str]) -> str:
        symbols = {
            "" if row.row["value"] is not None else row.row.get("symbol", "")
            for one in labels
            for row in self.named[one]
        }
        true = NEARLY_ALL if symbols == {NEARLY_ALL} else "few" if symbols and not symbols & {"", NEARLY_ALL} else ""
        for found in HOW_MANY.finditer(sentence):
            if found.group().lower() != true:
                return f"Say how many by a number of the report. Take out “{found.group()}”.{self._tell(labels)}"
        return ""

    def _find_wrong_figure(self, role: str, found: list[str], sentence: str, labels: list[str]) -> str:
        """Of the numbers in one role, each is of the label in the same place of the order, or of the only label."""
        if role == "total" or not labels:
            return next(filter(None, (self._find_wrong_total(key, labels) for key in found)), "")
        if len(labels) not in (1, len(found)):
            return self._refuse_unclear(found[0]) if found else ""
        pairs = zip(found, labels * len(found) if len(labels) == 1 else labels, strict=True)
        for key, label in pairs:
            fitting = self._list_fitting(key, label, role)
            if not fitting:
                what = f"{MEANING[role]} {self.named[label][0].label}"
                return f"“{self.figures[key][1]}” is not {what}.{self._tell([label])}"
            self.named[label] = fitting
        return ""

    def _find_wrong_total(self, key: str, labels: list[str]) -> str:
        """What is wrong with a number of people who answered, which belongs to no row."""
        role, said, numbers = self.figures[key]
        rules, people = wording_of(self.release.rules), self.release.people
        least = _read_numbers(rules.too_few_to_ask)
        if (role == "total" and numbers == [people]) or (role == "symbol" and people is None and numbers == least):
            return ""
        if labels:
            return f"“{said}” is not how many answered: in all, {rules.about(people)} did.{self._tell(labels)}"
        return (
            f"“{said}” is in no figure that this line names. Name the theme or the group as the report does; put an answer "
            f"to a question in “quotation marks”. In all, {rules.about(people)} answered."
        )

    def _find_wrong_comparison(self, sentence: str) -> str:
        for found in COMPARED.finditer(sentence):
            key = (_list_labels(sentence[: found.end(2)])[-1:] + _list_labels(sentence[found.end() :]))[:1]
            for ours in self.named[key[0]][:1] if key else ():
                others = [row for row in self.rows if row.figure == ours.figure and row.label != ours.label]
                others = self.named[found[3]][:1] if found[3] else others
                sign = 1 if found[1].lower() == "more" else -1
                ahead = [row for row in others if sign * row.size >= sign * ours.size]
                if ahead:
                    told = f"{ours.label}: {ours.in_words}; {ahead[0].label}: {ahead[0].in_words}"
                    return f"The numbers do not say “{found[1]} … than”. The report says: {told}."
        return ""

    def _list_fitting(self, key: str, label: str, role: str) -> list[LinkableRow]:
        return [row for row in self.named[label] if row.numbers.get(role) == self.figures[key][2]]

    def _refuse_unclear(self, key: str) -> str:
        return (
            f"It is not clear what “{self.figures[key][1]}” counts. Give each name a number, or a sentence of its own."
        )

    def _tell(self, labels: list[str]) -> str:
        told = dict.fromkeys(f"{row.label}: {row.in_words}" for one in labels for row in self.named[one])
        return f" The report says: {'; '.join(told)}." if told else ""


def _list_labels(words: str) -> list[str]:
    return re.findall(f"[{LABEL}]", words)


def _read_numbers(words: str) -> list[float]:
    return [float(one.replace(",", "")) for one in re.findall(NUMBER, words)]

"""Cells of closed questions: each is an answer that the question can have, or an error with its reason, never a guess.

A number is no choice unless a choice says it: what “2” means in another tool's file (the second choice, the second place,
a code) only a person can say, on the mapping page. Beside an "other" choice, a cell that may be a choice written wrong, or
several choices, is no word of somebody's own until a person says so.
"""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby

from consultation.domain.invisible_letters import INVISIBLE
from consultation.surveys.questionnaire_schema import ALSO, build_other_item, can_choose_several, find_option_key
from consultation.surveys.reachability import max_choices
from consultation.surveys.routing_rules import list_exclusive_keys
from consultation.surveys.type_registry import type_of

DEFAULT_SPLIT = ";"
TICKED = {"1", "y", "yes", "true", "x", "selected", "checked", "ticked"}
UNTICKED = {"", "0", "n", "no", "false", "not selected", "unchecked", "unticked", "not ticked", "n/a", "-"}
EMPTY_SIGNS = {"none", "null", "nan", "#n/a"}  # programs write them where there is no value; "none" may be a choice
NO_ANSWER_SIGNS = {"not answered", "no answer", "no response"}  # tools write them, and so may a person
# Tools write these for the "other" option; its text is in a column of its own.
OTHER_SIGNS = ("-oth-", "other", "other (please specify)", "other please specify")
NON_RESPONSE_WORDS = {"dont-know": "i don’t know", "rather-not": "i don’t want to say"}
MARKUP = re.compile(r"<[a-z/][^<>]*>", re.IGNORECASE)
SPACE_BEFORE_SIGN = re.compile(r"\s+(?=[?!.,:;])")  # which the markup of a word leaves before the next sign
CODE = re.compile(r"[a-z]{0,3}\d{1,4}", re.IGNORECASE)  # "2" and "A2" are no words that somebody wrote beside "other"
BETWEEN_CHOICES = re.compile(r"[;,/|\n&+•·]|\band\b", re.IGNORECASE)
SHORT, CLOSE_IF_SHORT, CLOSE = 4, 0.66, 0.75  # letters; difflib's ratio: "yse" is close to "yes", "twon" to "town"
PLACE = re.compile(r"(\d{1,2})(?:\.0|\.|st|nd|rd|th)?", re.IGNORECASE)

NOT_AN_ANSWER = "This is not one of the answers to the question."
LOOKS_LIKE_A_CODE = "This looks like a code. Say on the mapping page which answer it means."
MAY_BE_A_CHOICE = "This may be a choice, or words beside “other”. Say on the mapping page which it is."
NEITHER_TICK = "This is neither a tick nor the choice that the column is for."
CHOICE_OR_NO_TICK = "This can be the choice itself, or no tick. Say on the mapping page which it is."
NOT_A_PLACE = "This is not a place in the order: 1, 2, 3 and so on."
TOO_MANY = "These are more choices than the question allows ({most})."
NOT_TOGETHER = "A choice that stands alone, such as “none of these”, is given beside another."
TWICE = "The same choice has two places, or two choices have the same place."
GAP = "A place in the order is missing."
TWO_ANSWERS = "Two answers are given to a question that has one."


class UnusableCell(Exception):
    """A cell that is no valid answer; the message is for the person who imports the file. `plain`: the message without
    the cell's text, for storage."""

    def __init__(self, said, plain="", column=""):
        super().__init__(said)
        self.plain, self.column = plain or said, column


def fold_words(text):
    """Text without differences between tools: case, spaces, the shape of an apostrophe, markup and its entities, letters
    with their accents apart, marks of direction."""
    plain = MARKUP.sub(" ", html.unescape(str(text))) if "&" in str(text) or "<" in str(text) else str(text)
    plain = plain if plain.isascii() else unicodedata.normalize("NFC", plain).translate(INVISIBLE)
    return SPACE_BEFORE_SIGN.sub("", " ".join(plain.casefold().replace("'", "’").split()))


def is_tick_or_blank(cell):
    """Whether a cell says no more than that something is chosen or is not."""
    return fold_words(cell) in TICKED or is_blank(cell)


def is_blank(cell):
    """Whether a cell says that something is not chosen."""
    return fold_words(cell) in UNTICKED | EMPTY_SIGNS


@dataclass(frozen=True)
class ClosedColumn:
    item: dict
    row: dict | None = None
    values: dict = field(default_factory=dict)
    split: str = DEFAULT_SPLIT
    option: str = ""  # the option key, for a column of one option
    place: int = 0  # the place, for a column of a ranking
    rank: str = ""  # the option key, for a column that holds this option's place
    first: bool = False  # of a ranking of more choices than are asked, the first ones count: a person said so

    @property
    def is_part(self):
        """Whether the question's answer comes together from several columns."""
        return bool(self.option or self.place or self.rank)

    def answer(self, cell):
        """The stored form of a cell: an option key, a list of keys, a place, a number or a month; None for no answer."""
        said = self.values.get(cell, cell)
        if said == "":
            return None
        if self.rank:
            return self._parse_place(said)
        if self.option:
            return self._parse_tick(cell)
        if self.place:
            return self._find_option_key(cell)
        if type_of(self.item).is_banded:  # a number or a month, or else a non-response code
            found = type_of(self.item).parse_cell(self.item, said)
            found = self._find_known_key(said) if found is None else found
            if found is None:
                raise self.build_error(type_of(self.item).wrong_cell, said)
            return found
        if can_choose_several(self.item):
            parts = [part for part in self.parts(cell) if self.values.get(part, part)]
            return self.limit_keys(list(map(self._find_option_key, parts))) or None
        return self._find_option_key(cell)

    def limit_keys(self, keys):
        """The keys of several choices, each once. Raises UnusableCell for more than the question allows."""
        found = list(dict.fromkeys(keys))
        if type_of(self.item).name == "ranking" and len(found) < len(keys):
            raise self.build_error(TWICE)
        if len(found) > 1 and {*list_exclusive_keys(self.item), *ALSO.values()}.intersection(found):
            raise self.build_error(NOT_TOGETHER)
        if len(found) > (most := max_choices(self.item)) and not self.first:
            raise self.build_error(TOO_MANY.format(most=most))
        return found[:most] if len(found) > 1 else found

    def parts(self, cell):
        """The choices in a cell. Words that contain the separator are not split: neither those of a choice nor those
        beside "other"."""
        pieces, known = [piece.strip() for piece in cell.split(self.split)], self._known_texts
        found, start = [], 0
        while start < len(pieces):
            ends = range(len(pieces), start + 1, -1)
            end = next((end for end in ends if self._squeeze(pieces[start:end]) in known), start + 1)
            found.append(f"{self.split} ".join(pieces[start:end]))
            start = end
        return [cell] if fold_words(cell) in self._option_keys_by_words else self._join_unknown(filter(None, found))

    def _join_unknown(self, parts):
        if not build_other_item(self.item):
            return list(parts)
        groups = ((words, list(group)) for words, group in groupby(parts, self._is_words_beside_other))
        return [part for words, group in groups for part in ([f"{self.split} ".join(group)] if words else group)]

    def _is_words_beside_other(self, part):
        """Whether only a person can have written it: no code of another tool, no tick, and no sign that there is none. Tools
        that write a space between choices write names there, and never words."""
        sign = CODE.fullmatch(part) or is_tick_or_blank(part) or fold_words(part) in NO_ANSWER_SIGNS
        return self.split != " " and not sign and not self.knows(part)

    def _squeeze(self, pieces):
        return self.split.join(fold_words(piece) for piece in pieces)

    @cached_property
    def _known_texts(self):
        return {self._squeeze(words.split(self.split)) for words in self._option_keys_by_words}

    def words(self, cell):
        """[(question id, text)]: cell content that matches no option is the text beside "other"."""
        asked = build_other_item(self.item)
        if not asked or self.row or self.is_part or not self.values.get(cell, cell):
            return []
        parts = self.parts(cell) if can_choose_several(self.item) else [cell]
        return [(asked["id"], part) for part in parts if not self.knows(part)]

    def is_other(self, said):
        """Whether this is the name of the choice "other", and no words beside it."""
        return self._find_known_key(said) == build_other_item(self.item)["option"]

    def knows(self, said):
        return self.values.get(said) == "" or self._find_known_key(said) is not None

    def list_unusable(self, cell):
        """What a person must give a meaning to: the cell, or those of its several choices that are no answers."""
        several = not (self.is_part or self.row) and can_choose_several(self.item)
        parts = self.parts(cell) if several else [cell]
        return [part for part in parts if not self._is_usable(part)]

    def _is_usable(self, cell):
        try:
            self.answer(cell)
        except UnusableCell:
            return False
        return True

    def _parse_place(self, said):
        found = PLACE.fullmatch(said)
        if not found or not 1 <= int(found[1]) <= len(self.item["options"]):
            raise self.build_error(NOT_A_PLACE, said)
        return int(found[1])

    def _parse_tick(self, cell):
        said, itself = fold_words(self.values.get(cell, cell)), self._find_known_key(cell) == self.option
        if itself and said in UNTICKED and cell not in self.values:
            raise self.build_error(CHOICE_OR_NO_TICK, cell)
        if itself or said in TICKED:
            return self.option
        if said in UNTICKED:
            return None
        raise self.build_error(NEITHER_TICK, cell)

    def _find_option_key(self, said):
        key = self._find_known_key(said)
        if key is not None:
            return key
        if not (self.is_part or self.row) and (asked := build_other_item(self.item)):
            if self.values.get(said) != asked["id"]:
                self._refuse_doubtful_words(said)
            return asked["option"]
        raise self.build_error(NOT_AN_ANSWER, said)

    def _refuse_doubtful_words(self, said):
        """Raises UnusableCell unless the words are unlike every choice, as a whole and in each of their parts."""
        if not self._is_words_beside_other(said):
            raise self.build_error(LOOKS_LIKE_A_CODE, said)
        if any(map(self._is_like_a_choice, {said, *BETWEEN_CHOICES.split(said)})):
            raise self.build_error(MAY_BE_A_CHOICE, said)

    def _is_like_a_choice(self, said):
        words, other = fold_words(said), build_other_item(self.item)["option"]
        choices = [choice for choice, key in self._option_keys_by_words.items() if key != other]
        return bool(get_close_matches(words, choices, 1, CLOSE_IF_SHORT if len(words) <= SHORT else CLOSE))

    def _find_known_key(self, said):
        """The option key of a cell: what the map says that it means, or else the option that it names."""
        words = self.values.get(said, said)
        if said in self.values and (key := find_option_key(self.item, words)):
            return key
        found = self._option_keys_by_words.get(fold_words(words))
        return self._option_keys_by_words.get(self._squeeze(str(words).split(self.split)), found)

    def build_error(self, plain, said="", column=""):
        asked = self.item["text"].get("en") or self.item["id"]
        told = f"“{said[:60]}” is not an answer to “{asked}”." if said else f"{plain} (“{asked}”)"
        return UnusableCell(told, plain, column)

    @cached_property
    def _option_keys_by_words(self):
        """{id or text in any language: option key}; ids win over texts. The id of a face is a number of our own, which
        another tool's number does not mean."""
        options = [] if type_of(self.item).is_banded else self.item["options"]
        found = {}
        for name in self.item["also"]:
            found |= {ALSO[name]: ALSO[name], NON_RESPONSE_WORDS[name]: ALSO[name], name: ALSO[name]}
        if asked := build_other_item(self.item):
            found |= dict.fromkeys(OTHER_SIGNS, asked["option"])
        for option in options:
            found |= {fold_words(words): option["key"] for words in option["text"].values()}
        ids = {fold_words(option["id"]): option["key"] for option in options}
        return found | {id_: key for id_, key in ids.items() if not id_.isdecimal()}


def combine_columns(several):
    """[(column, ClosedColumn, answer)] of one question -> its answer. Raises UnusableCell where they contradict."""
    column, first, _ = several[0]
    try:
        return _combine_columns(first, several)
    except UnusableCell as error:
        error.column = column
        raise


def _combine_columns(first, several):
    if first.place or first.rank:
        pairs = [(each.place, key) if each.place else (key, each.rank) for _, each, key in several]
        places = sorted(place for place, _ in pairs)
        if len(set(places)) < len(places):
            raise first.build_error(TWICE)
        if places != list(range(1, len(places) + 1)):
            raise first.build_error(GAP)
        return first.limit_keys([key for _, key in sorted(pairs)])
    order = [option["key"] for option in first.item["options"]] + list(ALSO.values())
    keys = sorted({key for _, _, key in several}, key=order.index)
    if can_choose_several(first.item):
        return first.limit_keys(keys)
    if len(keys) > 1:
        raise first.build_error(TWO_ANSWERS)
    return keys[0]

"""One person of an imported file: their answers, and the nonce that identifies them in a repeated import."""

import hashlib
import json
from dataclasses import dataclass, field

from consultation.channels.web.form_parsing import pick_equality_answers
from consultation.channels.web.form_tokens import NONCE_BYTES
from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.routing_rules import keep_shown_answers

NOT_ASKED = "{what} left out: this person was not asked “{question}”."


@dataclass(frozen=True)
class ImportRowError:
    row: int
    message: str

    def __str__(self):
        return f"Row {self.row}: {self.message}"


@dataclass
class ImportedPerson:
    """A person's answers, from one row or several."""

    first_row: int
    language: str
    day: object
    closed: dict = field(default_factory=dict)
    texts: list = field(default_factory=list)  # (row, question id, words)
    equality_answers: dict = field(default_factory=dict)  # equality answers, never beside the others
    nonce: bytes = b""
    may_quote: bool | None = None  # no part of `content`: the same answers are the same person
    dated: bool = True  # False: the file has no day, so `day` is the day of the import

    @property
    def content(self):
        """The file's content, for the nonce; without the day of the import, or the same row would be new tomorrow."""
        day = str(self.day) if self.dated else ""
        return [self.language, day, self.closed, self.said_texts]

    @property
    def said_texts(self):
        """[[question id, words]]"""
        return [list(text[1:]) for text in self.texts]

    @property
    def says(self):
        """`content` as canonical JSON, equal for equal answers."""
        return json.dumps(self.content, sort_keys=True, ensure_ascii=False)

    @property
    def empty(self):
        return not self.closed and not self.texts

    def rounds(self):
        """Texts for successive calls of `submit`, which takes one text per question."""
        left = [text[1:] for text in self.texts]
        while True:
            now = dict(reversed(left))  # of several, the first one
            left = [said for said in left if now[said[0]] != said[1]]
            yield {question: (words, False) for question, words in now.items()}
            if not left:
                return


def parse_person(number, row, mapping):
    """Raises UnusableCell."""
    one = ImportedPerson(
        first_row=number, language=mapping.language_of(row), day=mapping.day_of(row), dated=bool(mapping.day_text(row))
    )
    one.closed = mapping.closed_of(row)
    one.texts = [(number, question, words) for question, words in mapping.texts_of(row)]
    one.may_quote = mapping.may_quote_of(row)
    return one


def derive_person_nonce(page, said, place):
    """The nonce of the same answers is the same in every file. `place` distinguishes people with equal answers."""
    text = json.dumps([page.pk, *said], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(f"{text} {place}".encode(), digest_size=NONCE_BYTES, person=b"import").digest()


def remove_unasked_answers(one, questionnaire):
    """Remove answers to questions that this person was not asked, and move equality answers to `equality_answers`.

    Returns an ImportRowError for each removed answer.
    """
    closed = one.closed
    texts = {question: (words, False) for _, question, words in one.texts}
    one.equality_answers = pick_equality_answers(questionnaire, one.closed)
    one.closed, asked = keep_shown_answers(questionnaire, closed, texts)
    gone = [
        (one.first_row, "An answer was", item)
        for item in questionnaire.questions
        if item["key"] in closed and item["key"] not in one.closed and not item.get("apart")
    ]
    gone += [(row, "Words were", questionnaire.by_id(id_)) for row, id_, _ in one.texts if id_ not in asked]
    one.texts = [text for text in one.texts if text[1] in asked]
    return [
        ImportRowError(row, NOT_ASKED.format(what=what, question=localised_text(item["text"], "en")))
        for row, what, item in gone
    ]

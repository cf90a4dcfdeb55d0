"""The dry run of an import: each row becomes a sealed person, whom the acceptance later stores unchanged."""

import json
from collections import Counter, defaultdict
from hashlib import blake2b

from consultation.answering.imports.mapping import BadCell, from_map
from consultation.answering.imports.models import ImportChunk
from consultation.answering.imports.people import leave_out_unasked, nonce_of, read_person
from consultation.answering.tokens import response_id
from consultation.questionnaires.schema import Questionnaire
from consultation.responses.models import Response
from consultation.responses.vault import open_sealed, seal

MOST_PROBLEMS = 10_000
NOT_SENT = "This person did not press Send. The row was not kept."
NOT_ASKED = "Words were left out: this person was not asked the question."
EMPTY = "The row has no answer."


def rows_of(chunk):
    return json.loads(open_sealed(chunk.sealed))


def people_ready(chunk):
    """[[nonce, language, day, closed, [[question, words]], equality answers]]"""
    return json.loads(open_sealed(chunk.ready))


class Trying:
    """One pass over all rows of a file."""

    def __init__(self, source):
        self.source, self.page = source, source.version.page
        self.questionnaire = Questionnaire(source.version.content)
        self.mapping = from_map(source.parts, self.questionnaire, source.columns)
        self.counts, self.problems = Counter(), [[row, "", NOT_SENT] for row in source.unsent]
        self.rows_of = defaultdict(list)  # {(digest of the answers, has texts): row numbers}

    def run(self):
        """(counts, problems). The people to accept are sealed in their chunks."""
        for key in list(self.source.chunks.order_by("pk").values_list("pk", flat=True)):
            chunk = ImportChunk.objects.get(pk=key)
            people = [one for number, cells in rows_of(chunk) if (one := self._read(number, cells))]
            self._count(people)
            text = json.dumps([_plain(one) for one in people], ensure_ascii=False, separators=(",", ":"))
            ImportChunk.objects.filter(pk=key).update(ready=seal(text))
        self._tell_the_same()
        self.problems.sort(key=lambda problem: problem[0])
        return {**self._found(), "problems": len(self.problems)}, self.problems[:MOST_PROBLEMS]

    def _found(self):
        names = ("people", "texts", "again", "empty", "same", "wrong", "left_out")
        return {name: self.counts[name] for name in names} | {"unsent": len(self.source.unsent)}

    def _read(self, number, cells):
        row = dict(zip(self.source.columns, cells, strict=True))
        try:
            one = read_person(number, row, self.mapping)
        except BadCell as error:
            self.counts["wrong"] += 1
            self.problems.append([number, error.column, error.plain])
            return None
        if one.empty:
            self.counts["empty"] += 1
            self.problems.append([number, "", EMPTY])
            return None
        return self._numbered(number, one)

    def _numbered(self, number, one):
        """The person with a nonce; None for one to skip."""
        said = blake2b(one.says.encode(), digest_size=16).digest()
        self.rows_of[said, bool(one.texts)].append(number)
        place = len(self.rows_of[said, bool(one.texts)])
        if place > 1 and one.texts and self.source.leave_same:
            return None
        one.nonce = nonce_of(self.page, ["row", one.content], place)
        for _ in leave_out_unasked(one, self.questionnaire):
            self.counts["left_out"] += 1
            self.problems.append([number, "", NOT_ASKED])
        if one.empty and not one.apart:
            self.counts["empty"] += 1
            return None
        return one

    def _count(self, people):
        ids = [response_id(one.nonce) for one in people]
        known = set(Response.objects.filter(pk__in=ids).values_list("pk", flat=True))
        new = [one for one, pk in zip(people, ids, strict=True) if pk not in known]
        self.counts.update(people=len(new), again=len(known), texts=sum(len(one.texts) for one in new))

    def _tell_the_same(self):
        """Report people with equal texts and answers; equal ticks alone are two people."""
        what = "It is left out." if self.source.leave_same else "Both are kept."
        for (_, with_words), rows in self.rows_of.items():
            if with_words and len(rows) > 1:
                first, *others = sorted(rows)
                self.counts["same"] += len(others)
                self.problems += [[row, "", f"Says the same as row {first}. {what}"] for row in others]


def _plain(one):
    texts = [[question, words] for _, question, words in one.texts]
    return [one.nonce.hex(), one.language, one.day.isoformat(), one.closed, texts, one.apart]

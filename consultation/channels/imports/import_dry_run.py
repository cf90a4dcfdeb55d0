"""The dry run of an import: each row becomes a sealed person, whom the acceptance later stores unchanged."""

import json
from collections import Counter, defaultdict
from dataclasses import replace
from hashlib import blake2b

from consultation.channels.imports.closed_columns import UnusableCell
from consultation.channels.imports.column_mapping import build_mapping_from_map
from consultation.channels.imports.imported_people import (
    derive_person_nonce,
    parse_person,
    remove_unasked_answers,
)
from consultation.channels.imports.models import ImportChunk
from consultation.channels.imports.survey_tool_formats import TOOLS_BY_SLUG
from consultation.responses.models import Response
from consultation.responses.response_ids import derive_response_id
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.surveys.questionnaire_schema import Questionnaire

MOST_PROBLEMS = 10_000
COUNTED = ("people", "texts", "may_quote", "again", "empty", "same", "wrong", "left_out", "undated")
ROW_NOT_SENT = "This is a test, is unfinished, or was set aside by the tool. The row was not kept."
ROW_OF_TOTALS = "This row sums up the others. It was not kept."
ROW_EMPTY = "The row has no answer."


def open_chunk_rows(chunk):
    return json.loads(open_sealed_text(chunk.sealed))


def open_ready_people(chunk):
    """[[nonce, language, day, closed, [[question, words]], equality answers, whether the words may be shown]]"""
    return json.loads(open_sealed_text(chunk.ready))


def _list_parts(one):
    """A person as `open_ready_people` gives them."""
    day = one.day.isoformat()
    return [one.nonce.hex(), one.language, day, one.closed, one.said_texts, one.equality_answers, one.may_quote]


class ImportDryRun:
    """One pass over all rows of a file."""

    def __init__(self, source):
        self.source, self.page = source, source.version.page
        self.questionnaire = Questionnaire(source.version.content)
        mapping = build_mapping_from_map(source.parts, self.questionnaire, source.columns)
        self.mapping = replace(mapping, blank=TOOLS_BY_SLUG[source.tool].blank)
        self.counts, self.problems = Counter(), [[row, "", ROW_NOT_SENT] for row in source.unsent]
        self.problems += [[row, "", ROW_OF_TOTALS] for row in source.found.get("totals", [])]
        self.rows_of = defaultdict(list)  # {(digest of the answers, has texts): row numbers}

    def run(self):
        """(counts, problems). The people to accept are sealed in their chunks."""
        for key in list(self.source.chunks.order_by("pk").values_list("pk", flat=True)):
            chunk = ImportChunk.objects.get(pk=key)
            people = [one for number, cells in open_chunk_rows(chunk) if (one := self._parse_row(number, cells))]
            self._count_new_people(people)
            rows = [_list_parts(one) for one in people]
            text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
            ImportChunk.objects.filter(pk=key).update(ready=seal_text(text))
        self._tell_the_same()
        self.problems.sort(key=lambda problem: problem[0])
        counts = {name: self.counts[name] for name in COUNTED}
        counts |= {"unsent": len(self.source.unsent), "problems": len(self.problems)}
        return counts, self.problems[:MOST_PROBLEMS]

    def _parse_row(self, number, cells):
        row = dict(zip(self.source.columns, cells, strict=True))
        try:
            one = parse_person(number, row, self.mapping)
        except UnusableCell as error:
            self.counts["wrong"] += 1
            self.problems.append([number, error.column, error.plain])
            return None
        if one.empty:
            self.counts["empty"] += 1
            self.problems.append([number, "", ROW_EMPTY])
            return None
        return self._assign_nonce(number, one)

    def _assign_nonce(self, number, one):
        """The person with a nonce; None for one to skip."""
        said = blake2b(one.says.encode(), digest_size=16).digest()
        self.rows_of[said, bool(one.texts)].append(number)
        place = len(self.rows_of[said, bool(one.texts)])
        if place > 1 and one.texts and self.source.leave_same:
            return None
        one.nonce = derive_person_nonce(self.page, ["row", one.content], place)
        for error in remove_unasked_answers(one, self.questionnaire):
            self.counts["left_out"] += 1
            self.problems.append([number, "", error.message])
        if one.empty and not one.equality_answers:
            self.counts["empty"] += 1
            return None
        return one

    def _count_new_people(self, people):
        ids = [derive_response_id(one.nonce) for one in people]
        known = set(Response.objects.filter(pk__in=ids).values_list("pk", flat=True))
        new = [one for one, pk in zip(people, ids, strict=True) if pk not in known]
        self.counts.update(undated=sum(not one.dated for one in new))
        self.counts.update(people=len(new), again=len(known), texts=sum(len(one.texts) for one in new))
        self.counts.update(may_quote=sum(bool(one.may_quote) for one in new))

    def _tell_the_same(self):
        """Report people with equal texts and answers; equal ticks alone are two people."""
        what = "It is left out." if self.source.leave_same else "Both are kept."
        for (_, with_words), rows in self.rows_of.items():
            if with_words and len(rows) > 1:
                first, *others = sorted(rows)
                self.counts["same"] += len(others)
                self.problems += [[row, "", f"Says the same as row {first}. {what}"] for row in others]

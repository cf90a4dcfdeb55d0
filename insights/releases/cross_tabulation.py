"""Exact tables of people from closed answers. They stay in memory and pass `protect` before anything is stored.

A person is a place (an index) in `Crowd.respondents`, and each answer has the list of places that chose it: a million
people with ten answers each fit in some hundred megabytes, and a count is the length of a list.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np

from consultation import handover
from consultation.surveys.questionnaire_schema import (
    Questionnaire,
    can_choose_several,
    find_summary_kind,
    localised_text,
)
from insights.disclosure import CountTable
from insights.disclosure.perturbation import KEYS
from insights.disclosure.record_keys import make_group_key
from insights.releases.crossed_questions import (
    CHANNEL,
    IN_LARGER_GROUPS,
    MERGED,
    facet_questions,
    list_pair_questions,
    question_by_key,
)
from insights.releases.stored_figures import AND, IN_PERIOD, NO_ANSWER, NO_ANSWER_KEYS, NO_ANSWER_LABEL

TOTAL = ""  # stands for a total in place of a row's or column's id
PROGRESS_STEP = 20_000


def _empty_places():
    return array("I")


@dataclass
class Crowd:
    """Everyone counted in a consultation; `chosen[question, option]` and `answered[question]` are sorted places."""

    respondents: list = field(default_factory=list)
    chosen: dict = field(default_factory=lambda: defaultdict(_empty_places))
    answered: dict = field(default_factory=lambda: defaultdict(_empty_places))
    days: array = field(default_factory=_empty_places)  # the day of each place's answer, as an ordinal
    channels: list = field(default_factory=list)  # (id, name) of each by which somebody answered

    @cached_property
    def place_of(self):
        return {respondent: place for place, respondent in enumerate(self.respondents)}

    def places(self, people):
        """Sorted places of those of `people` who are counted."""
        found = [place for person in people if (place := self.place_of.get(person)) is not None]
        return np.array(sorted(found), dtype=np.int64)

    def who_chose(self, question, option):
        return np.array(self.chosen.get((question, option), ()), dtype=np.int64)

    def who_answered(self, question):
        return np.array(self.answered.get(question, ()), dtype=np.int64)

    def take(self, closed, keys):
        """Add one person's closed answers; `keys` is of their version."""
        place = len(self.respondents)
        for key, value in closed.items():
            if key not in keys:
                continue
            question, options, rows = keys[key]
            if isinstance(value, str):  # one choice, as most answers are: a large release has a million
                if value in options:
                    self.chosen[question, options[value]].append(place)
                    self.answered[question].append(place)
            elif isinstance(value, dict):
                for row, option in value.items():
                    if row in rows and option in options:
                        self._note_chosen_options(f"{question}:{rows[row]}", (options[option],), place)
            else:
                given = value if isinstance(value, list) else [value]
                self._note_chosen_options(question, {options[one] for one in given if one in options}, place)

    def _note_chosen_options(self, question, options, place):
        for option in options:
            self.chosen[question, option].append(place)
        if options:
            self.answered[question].append(place)


@dataclass(frozen=True)
class CountedTable:
    """A table with the people behind it: a question, a row of a grid, or themes. `options` (rows) and `columns` are
    (id, label); `behind[row id, column id]` are the sorted places of the people in each figure, TOTAL for a total."""

    kind: str
    key: str
    title: str
    options: tuple
    table: CountTable
    behind: dict = field(repr=False)
    columns: tuple = ()

    def list_cell_keys(self, noise):
        """The cell key of each figure, in the shape of `table.grid`."""
        rows, columns = [*self.table.rows, TOTAL], [*self.table.columns, TOTAL]
        return np.array([[self.cell_key(noise, row, column) for column in columns] for row in rows])

    def cell_key(self, noise, row, column):
        """The sum of its people's keys. A figure of a group, or of a closed quarter, adds the key of that: the same in
        every table by this question."""
        key = noise.cell_key(self.behind[row, column])
        if TOTAL in (row, column) and self.kind != IN_PERIOD:
            return key
        question = self.key.partition("|")[0].removesuffix(MERGED)
        group = sorted((row, column)) if self.table.is_mirrored else [column]
        return (key + make_group_key(question, *group)) % KEYS


def gather_crowd(consultation, tick: Callable[[int], None] = lambda number: None):
    """(crowd, questionnaire of the newest version). Answers of older versions are joined by question and option id."""
    versions = {version.pk: Questionnaire(version.content) for version in handover.list_versions(consultation)}
    keys = {pk: _map_question_keys(questionnaire) for pk, questionnaire in versions.items()}
    crowd = Crowd()
    for number, row in enumerate(handover.iter_closed_answers(consultation), start=1):
        crowd.take(row.closed, keys[row.version_id])
        crowd.chosen[CHANNEL, row.channel].append(len(crowd.respondents))
        crowd.respondents.append(row.respondent)
        crowd.days.append(row.day.toordinal())
        if not number % PROGRESS_STEP:
            tick(number)
    crowd.channels = [one for one in handover.list_channel_options(consultation) if (CHANNEL, one[0]) in crowd.chosen]
    newest = versions[max(versions)] if versions else None
    return crowd, newest


def _map_question_keys(questionnaire):
    """{question key: (question id, {option key: option id}, {row key: row id})} of a version."""
    return {
        item["key"]: (
            item["id"],
            {option["key"]: option["id"] for option in item["options"]}
            | dict.fromkeys(NO_ANSWER_KEYS, no_answer_id(item)),
            {row["key"]: row["id"] for row in item["rows"]},
        )
        for item in questionnaire.questions
    }


def options_with_no_answer(item, language="en"):
    """((id, label), ...), last the one option for all who gave no answer, where the question offers it."""
    options = tuple((o["id"], localised_text(o["text"], language)) for o in item["options"])
    return (*options, (no_answer_id(item), NO_ANSWER_LABEL)) if item["also"] else options


def no_answer_id(item):
    """The id of that option; prefixed where an option that officers wrote has the same id."""
    return f"apart-{NO_ANSWER}" if any(option["id"] == NO_ANSWER for option in item["options"]) else NO_ANSWER


def build_question_tables(crowd, questionnaire):
    """Every one-way table of a consultation's closed questions, in their order. Equality monitoring is counted
    separately (equality_pictures.py)."""
    for item in questionnaire.questions:
        if not item.get("apart"):
            yield from TABLE_BUILDERS[find_summary_kind(item)](crowd, item)


def _build_option_table(crowd, item):
    if not item["options"]:
        return
    options = options_with_no_answer(item)
    kind = "about" if item.get("about_you") else "question"
    title, exclusive = localised_text(item["text"], "en"), None
    if can_choose_several(item):
        alone = {option["id"] for option in item["options"] if option.get("exclusive")}
        alone.add(no_answer_id(item))
        exclusive = frozenset(index for index, (option, _) in enumerate(options) if option in alone)
    yield _build_one_way_table(crowd, kind, item["id"], title, options, exclusive)


def _build_grid_row_tables(crowd, item):
    for row in item["rows"]:
        title = f"{localised_text(item['text'], 'en')} {localised_text(row['text'], 'en')}"
        key = f"{item['id']}:{row['id']}"
        yield _build_one_way_table(crowd, "question", key, title, options_with_no_answer(item))


# {kind of summary: the tables of a question}
TABLE_BUILDERS = {
    "option": _build_option_table,
    "row": _build_grid_row_tables,
    "words": lambda crowd, item: (),
    "": lambda crowd, item: (),
}


def _build_one_way_table(crowd, kind, key, title, options, exclusive=None):
    """`exclusive`: places of the options that rule others out, where a person may choose several; else None."""
    several = exclusive is not None
    behind = {(option, TOTAL): crowd.who_chose(key, option) for option, _ in options}
    if several:
        behind[TOTAL, TOTAL] = crowd.who_answered(key)
    else:
        behind[TOTAL, TOTAL] = np.sort(np.concatenate([np.empty(0, np.int64), *behind.values()]))
    table = CountTable.one_way(
        {option: behind[option, TOTAL].size for option, _ in options},
        **({"base": behind[TOTAL, TOTAL].size, "exclusive": exclusive} if several else {}),
    )
    return CountedTable(kind, key, title, options, table, behind)


def build_theme_table(themes, base, options, estimates=None):
    """One-way: people by theme, each theme a yes or no among everyone with words (`base`). All are sorted places.
    `estimates` {theme: people}: numbers in place of the counts of coded people, whose cell keys give the noise."""
    behind = {(theme, TOTAL): np.intersect1d(themes[theme], base, assume_unique=True) for theme, _ in options}
    counts = {theme: behind[theme, TOTAL].size for theme, _ in options} | (estimates or {})
    behind[TOTAL, TOTAL] = base
    table = CountTable.one_way(counts, base=base.size)
    return CountedTable("themes", "all", "What people spoke about", options, table, behind)


@dataclass(frozen=True)
class Facet:
    """A question by whose answers tables are split: answer by answer, or by its declared larger `groups`, which are
    [{id, label, options: [option ids]}]."""

    item: dict
    groups: tuple = ()

    @property
    def key(self):
        return f"{self.item['id']}{MERGED if self.groups else ''}"

    @property
    def title(self):
        return f"{localised_text(self.item['text'], 'en')}{IN_LARGER_GROUPS if self.groups else ''}"

    def columns(self, crowd):
        """As `columns_of_question`. An answer that came after the declaration stays a group of its own."""
        masks, columns = columns_of_question(crowd, self.item)
        if self.item["id"] == CHANNEL:
            columns = columns[:-1]  # nobody answered by none
        if not self.groups:
            return masks, columns
        group_of = {
            option: (one["id"] if len(one["options"]) > 1 else option, one["label"])  # alone it is the same group
            for one in self.groups
            for option in one["options"]
        }
        merged = {}
        for option, label in columns:
            group = group_of.get(option, (option, label))
            merged[group] = merged[group] | masks[option] if group in merged else masks[option]
        return {group: mask for (group, _), mask in merged.items()}, tuple(merged)


def list_facets(questionnaire, merged=None):
    """The facets of a release. `merged`: {question id: its declared larger groups}."""
    items = facet_questions(questionnaire)
    larger = [Facet(item, tuple(merged[item["id"]])) for item in items if item["id"] in (merged or {})]
    return [Facet(item) for item in items] + larger


def list_channel_facets(crowd):
    """The facet of the channels by which people answered, where they are two or more."""
    options = [{"id": channel, "text": {"en": name}} for channel, name in crowd.channels]
    item = {"id": CHANNEL, "text": {"en": "How people answered"}, "options": options, "about_you": True, "also": []}
    return [Facet(item)] if len(options) > 1 else []


def build_channel_table(crowd, facet):
    """One-way: people by the channel of their answer."""
    return _build_one_way_table(crowd, "channel", facet.key, facet.title, options_with_no_answer(facet.item))


def columns_of_question(crowd, item):
    """({option id: whether each person is in it}, ((id, label), ...)). The last column is everyone who gave no answer;
    where a person may choose several, a person is in each."""
    columns = (*options_with_no_answer(item | {"also": []}), (no_answer_id(item), NO_ANSWER_LABEL))
    masks, silent = {}, np.ones(len(crowd.respondents), dtype=bool)
    for option, _ in columns[:-1]:
        chose = crowd.who_chose(item["id"], option)
        masks[option] = np.zeros(len(crowd.respondents), dtype=bool)
        # Of several answers about oneself the first counts: nobody is in two groups that are compared.
        masks[option][chose[silent[chose]] if item.get("about_you") else chose] = True
        silent[chose] = False
    return masks | {columns[-1][0]: silent}, columns


def split_table(whole, masks, kind, key, title, columns):
    """Two-way: the rows of `whole` by `columns` ((id, label), ...); `masks` has the people of each. The total of a row is
    its number in `whole`, which for themes is an estimate; the cells below it count coded people."""
    overlap = bool(masks) and int(sum(mask.astype(np.int8) for mask in masks.values()).max(initial=0)) > 1
    totals = tuple(whole.table.grid[:, -1].tolist())
    behind, rows = {}, (*whole.options, (TOTAL, ""))
    for row, _ in rows:
        people = whole.behind[row, TOTAL]
        behind[row, TOTAL] = people
        behind |= {(row, column): people[masks[column][people]] for column, _ in columns}
    table = CountTable(
        rows=tuple(row for row, _ in whole.options),
        counts=tuple(tuple(behind[row, column].size for column, _ in columns) for row, _ in whole.options),
        columns=tuple(column for column, _ in columns),
        bases=tuple(behind[TOTAL, column].size for column, _ in columns),
        totals=totals if overlap or totals != tuple(behind[row, TOTAL].size for row, _ in rows) else (),
    )
    return CountedTable(kind, key, title, whole.options, table, behind, columns)


def split_themes_by_question(whole, crowd, facet):
    """The themes of `whole` by the answers to a question; kind "themes-by" where it is about the person."""
    kind = "themes-by" if facet.item.get("about_you") else "themes-by-answer"
    masks, columns = facet.columns(crowd)
    return split_table(whole, masks, kind, facet.key, f"Themes by answer to “{facet.title}”", columns)


def split_themes_by_theme(whole, crowd):
    """Which themes the same people spoke about."""
    masks = {}
    for theme, _ in whole.options:
        masks[theme] = np.zeros(len(crowd.respondents), dtype=bool)
        masks[theme][whole.behind[theme, TOTAL]] = True
    return split_table(whole, masks, "themes-with", "all", "Themes that the same people spoke about", whole.options)


def split_question_by_group(asked, crowd, facet):
    """A question, or a row of a grid, by an "about you" question."""
    masks, columns = facet.columns(crowd)
    title = f"{asked.title} By answer to “{facet.title}”"
    return split_table(asked, masks, "question-by", question_by_key(facet.key, asked.key), title, columns)


def build_service_pairs(crowd: Crowd, questionnaire: Questionnaire) -> Iterator[CountedTable]:
    """Whether services joined up, as people who had two of them say: the answers to a question of yes or no, by pairs. A
    pair is a group, so that "nearly all" hides an answer that almost everyone of it gave."""
    for asked, answer in list_pair_questions(questionnaire):
        whole = next(_build_option_table(crowd, answer))
        masks, columns = {}, []
        services = [(one["id"], localised_text(one["text"], "en")) for one in asked["options"] if not one["exclusive"]]
        for (first, name), (second, other) in combinations(services, 2):
            masks[f"{first}{AND}{second}"] = mask = np.zeros(len(crowd.respondents), dtype=bool)
            columns.append((f"{first}{AND}{second}", f"{name}{AND}{other}"))
            both = np.intersect1d(crowd.who_chose(asked["id"], first), crowd.who_chose(asked["id"], second))
            mask[both] = True
        title = f"{whole.title} By two answers to “{localised_text(asked['text'], 'en')}”"
        yield split_table(
            whole, masks, "service-pairs", question_by_key(asked["id"], answer["id"]), title, tuple(columns)
        )

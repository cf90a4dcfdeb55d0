"""The data dictionary: the meaning of each column, and the codes by which partners join a sheet to their own data.

Codes are permanent: an audience, a strand, a sub-point and a theme keep theirs when their labels change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consultation.domain import strategy_points
from insights.coding.codebooks.theme_entry_rows import GRAVITY
from insights.coding.models import Codebook
from insights.decisions.models import DecisionOutcome
from insights.disclosure.disclosure_rules import HIDDEN, NEARLY_ALL, NEARLY_ALL_OF_ROW
from insights.disclosure.rules_wording import RulesWording, wording_of
from insights.releases.models import MEDIATED_SPEAKERS, SPEAKERS, Release
from insights.releases.stored_figures import NO_ANSWER, NO_ANSWER_LABEL, OWN_CELL, SENTIMENTS, STANCES, WAITING


@dataclass(frozen=True)
class DictionaryColumn:
    name: str  # in files that machines read
    title: str  # at the head of the sheet
    type: str
    meaning: str
    null: tuple[str, ...] = ("",)


SMALL = tuple(f"fewer than {least}" for least in (5, 10))
NUMBER = ("", HIDDEN, *SMALL, NEARLY_ALL, NEARLY_ALL_OF_ROW, OWN_CELL, WAITING)
COLUMNS = (
    DictionaryColumn("about", "About", "string", "The kind of figure: a code of the list “Kinds of figures”."),
    DictionaryColumn(
        "id",
        "Id",
        "string",
        "The permanent code of the question; “all” where themes stand alone. “~merged” after the code of "
        "a group question: its answers stand in larger groups, declared before the first release.",
    ),
    DictionaryColumn("title", "Question or theme", "string", "The question as it was asked, or what the table shows."),
    DictionaryColumn(
        "answer_id", "Answer id", "string", "The permanent code of the answer in its question, or of the theme."
    ),
    DictionaryColumn(
        "parent",
        "Parent",
        "string",
        "Of a sub-theme: the code of its theme, whose number holds its people too. Empty for all else.",
    ),
    DictionaryColumn("answer", "Answer", "string", "The answer or theme in words. Where a figure is refused: why."),
    DictionaryColumn("by", "By", "string", "The group that this row is about; empty for everyone."),
    DictionaryColumn(
        "people",
        "People",
        "integer",
        "People, as the release's rules change or round them; or a sign of the list “Signs”.",
        NUMBER,
    ),
    DictionaryColumn(
        "of",
        "Of",
        "integer",
        "People who answered this question, or those of the group in “By” who did, shown in the same way.",
        NUMBER,
    ),
    DictionaryColumn(
        "percent", "Percent", "integer", "Percent of “Of”, from the numbers shown; empty where they are of too few."
    ),
    DictionaryColumn(
        "percent_from", "Percent from", "integer", "Where the percentage of everyone asked would lie, 19 times of 20."
    ),
    DictionaryColumn("percent_to", "Percent to", "integer", "The other end of that interval."),
    DictionaryColumn(
        "how_coded",
        "How coded",
        "string",
        "“estimate”: of a theme, by a machine, corrected by what people read of a random sample. “machine-coded”: a group’s "
        "part of a theme, not corrected. Empty where people read everything, and for questions.",
    ),
    DictionaryColumn(
        "read",
        "Read by a person",
        "integer",
        "Of a theme: people in whose words a person found it, changed like other numbers; empty where they are few.",
    ),
    DictionaryColumn("codebook", "Codebook", "string", "The codebook and its version, by which themes were coded."),
    DictionaryColumn(
        "shared_with", "Shared with", "string", "The agency that took the sheet, and the day; empty for our own staff."
    ),
)
KINDS = {
    "about": "Who answered: a question about the person, in bands",
    "channel": "Who answered: by how they answered, as on the web or on paper",
    "question": "A question with choices, or one line of a grid",
    "themes": "Themes that people spoke about, by everyone who wrote words",
    "themes-by": "The same themes by one question about the person",
    "themes-by-answer": "The same themes by the answers to another question",
    "themes-with": "The same themes by each other: which the same people spoke about",
    "question-by": "A question, or one line of a grid, by one question about the person",
    "in-period": "A question, or one line of a grid, by the people of one quarter that is over; the id begins with it",
    "service-pairs": "Whether two services joined up, by the people who had both",
    "stance": "For and against what a theme names, as coders read it; its id is the theme’s code",
    "sentiment": "The same themes by how answers sound to a machine: context, not evidence",
    "disclosure-log": "What each rule of disclosure control changed or hid in this release: its id is the rule’s sign",
    "by-day": "People by the day or the week on which they answered",
}
NON_RESPONSE = {NO_ANSWER: NO_ANSWER_LABEL}
LIST_COLUMNS = ("List", "Code", "Words", "More")


def wording_of_all_releases() -> RulesWording:
    """The wording of the disclosure rules of all published releases."""
    return wording_of(*Release.objects.published().order_by("pk").values_list("rules", flat=True))


def _signs_of_cell_keys() -> dict[str, str]:
    small = dict.fromkeys(SMALL, "A number of people that is too small to show; perhaps none.")
    return small | {
        NEARLY_ALL: "So many of the group that the few others could be picked out.",
        NEARLY_ALL_OF_ROW: "The same of the theme that is the row, in the table of themes by themes.",
        WAITING: "A theme that has no number, because people have read too few answers in which it may be.",
        OWN_CELL: "A theme with itself, in the table of themes by themes.",
    }


def build_code_lists(rules: RulesWording) -> list[dict[str, Any]]:
    """[{title, why, rows: [(code, words, more)]}] in page order; `rules` explain the hidden-number sign."""
    signs = {
        **({} if rules.perturbed else {HIDDEN: f"Hidden: {rules.hidden}. Hidden does not mean none."}),
        **(_signs_of_cell_keys() if any(one.perturb for one in rules.rules) else {}),
        **NON_RESPONSE,
    }
    return [
        {"title": "Kinds of figures", "why": "In the column “About”.", "rows": [(k, v, "") for k, v in KINDS.items()]},
        {"title": "Signs", "why": "What is no number, and no answer.", "rows": [(k, v, "") for k, v in signs.items()]},
        {
            "title": "For and against",
            "why": "Answer ids under “stance”.",
            "rows": [(k, v, "") for k, v in STANCES.items()],
        },
        {"title": "Tones", "why": "Under “sentiment”.", "rows": [(k, v, "") for k, v in SENTIMENTS.items()]},
        {
            "title": "Audiences",
            "why": "Whom a consultation asks, and what a quote of a group session carries in its place.",
            "rows": [(key, words, "") for key, words in (SPEAKERS | MEDIATED_SPEAKERS).items()],
        },
        {
            "title": "Gravity of a theme",
            "why": "How much it weighs, whoever says it.",
            "rows": [(str(k), str(v), "") for k, v in GRAVITY.items()],
        },
        {
            "title": "Strands",
            "why": "Of the strategy.",
            "rows": [(str(s["id"]), s["label"], "") for s in strategy_points.list_strands()],
        },
        {
            "title": "Sub-points",
            "why": "Of the strands. More: the code of the strand.",
            "rows": [
                (code, words, str(strand["id"]))
                for strand in strategy_points.list_strands()
                for code, words in strand["points"]
            ],
        },
        {
            "title": "Outcomes of a decision",
            "why": "What we answer.",
            "rows": [(o.value, o.label, "") for o in DecisionOutcome],
        },
        *_iterate_codebook_lists(),
    ]


def _iterate_codebook_lists() -> Iterator[dict[str, Any]]:
    """The themes of each codebook's current version, with their sub-points."""
    for book in Codebook.objects.order_by("name"):
        if (version := book.current) is None:
            continue
        entries = version.entries.select_related("theme").order_by("theme__slug")
        rows = [(e.theme.slug, e.label, _describe_place(e)) for e in entries]
        why = (
            f"Codebook {version.label or version.number}. More: the sub-points that the theme speaks to, and the theme "
            "of a sub-theme."
        )
        yield {"title": f"Themes: {book.name}", "why": why, "rows": rows}


def _describe_place(entry: Any) -> str:
    points = " ".join(link["sub_point"] for link in entry.links)
    return "; ".join(filter(None, (points, entry.parent and f"sub-theme of {entry.parent}")))


def iterate_dictionary_rows() -> Iterator[tuple[str, str, str, str]]:
    """The whole dictionary as one sheet: its columns first, then each list of codes."""
    for column in COLUMNS:
        yield ("Columns of figures.csv", column.title, column.meaning, column.type)
    for one in build_code_lists(wording_of_all_releases()):
        yield from ((one["title"], *row) for row in one["rows"])

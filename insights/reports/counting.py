"""From closed answers to tables of people. Exact counts live in memory here and go through `protect` before they leave."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from consultation import handover
from insights.reports.disclosure import Table

NOT_GIVEN = "not-given"
OWN_WORDS = {"dk": "I don’t know", "na": "I don’t want to say"}


@dataclass
class Crowd:
    """Everyone who counts in a consultation: closed answers by respondent, decoded to stable ids."""

    answers: dict = field(default_factory=dict)  # respondent -> {question id: [option ids] | {row id: option id}}
    channels: Counter = field(default_factory=Counter)
    languages: Counter = field(default_factory=Counter)

    @property
    def people(self):
        return set(self.answers)


@dataclass(frozen=True)
class Asked:
    """One table to make: a question, or one row of a grid. `table` counts people; `options` are (id, label)."""

    kind: str
    key: str
    title: str
    options: tuple
    table: Table
    question: str


def gather(consultation):
    """(crowd, questionnaire of the newest version). Answers of older versions are joined by question and option id."""
    versions = {version.pk: handover.Questionnaire(version.content) for version in handover.versions(consultation)}
    keys = {pk: _keys(questionnaire) for pk, questionnaire in versions.items()}
    crowd = Crowd()
    for row in handover.closed_answers(consultation):
        crowd.answers[row.respondent] = _decoded(row.closed, keys[row.version_id])
        crowd.channels[row.channel] += 1
        crowd.languages[row.language] += 1
    newest = versions[max(versions)] if versions else None
    return crowd, newest


def _keys(questionnaire):
    """{question key: (question id, {option key: option id}, {row key: row id})} of a version."""
    return {
        item["key"]: (
            item["id"],
            {option["key"]: option["id"] for option in item["options"]} | {"dk": "dk", "na": "na"},
            {row["key"]: row["id"] for row in item["rows"]},
        )
        for item in questionnaire.questions
    }


def _decoded(closed, keys):
    found = {}
    for key, value in closed.items():
        if key not in keys:
            continue
        question, options, rows = keys[key]
        if isinstance(value, dict):
            found[question] = {rows[r]: options[v] for r, v in value.items() if r in rows and v in options}
        else:
            found[question] = [options[v] for v in (value if isinstance(value, list) else [value]) if v in options]
    return found


def options_of(item, language="en"):
    """((id, label), ...) with the answers set apart at the end."""
    also = [{"dont-know": "dk", "rather-not": "na"}[name] for name in item["also"]]
    return tuple((o["id"], handover.said(o["text"], language)) for o in item["options"]) + tuple(
        (name, OWN_WORDS[name]) for name in also
    )


def tables(crowd, questionnaire):
    """Every one-way table of a consultation's closed questions, in the order of asking. What is kept apart is counted
    apart (equality.py)."""
    for item in questionnaire.questions:
        if item.get("apart"):
            continue
        if item["type"] == "grid":
            yield from (_grid_row(crowd, item, row) for row in item["rows"])
        elif item["options"]:
            yield _question(crowd, item)


def _question(crowd, item):
    options = options_of(item)
    chosen = [answers[item["id"]] for answers in crowd.answers.values() if answers.get(item["id"])]
    counts = Counter(option for ids in chosen for option in set(ids))
    several = handover.takes_several(item)
    table = Table.one_way(
        {option: counts[option] for option, _ in options},
        **({"base": len(chosen), "exclusive": _exclusive(item, options)} if several else {}),
    )
    kind = "about" if item.get("about_you") else "question"
    return Asked(kind, item["id"], handover.said(item["text"], "en"), options, table, item["id"])


def _exclusive(item, options):
    alone = {o["id"] for o in item["options"] if o.get("exclusive")} | {"dk", "na"}
    return frozenset(index for index, (option, _) in enumerate(options) if option in alone)


def _grid_row(crowd, item, row):
    options = options_of(item)
    chosen = [answers.get(item["id"], {}) for answers in crowd.answers.values()]
    counts = Counter(rows[row["id"]] for rows in chosen if isinstance(rows, dict) and row["id"] in rows)
    table = Table.one_way({option: counts[option] for option, _ in options})
    title = f"{handover.said(item['text'], 'en')} {handover.said(row['text'], 'en')}"
    return Asked("question", f"{item['id']}:{row['id']}", title, options, table, item["id"])


def facets(questionnaire):
    """The "about you" questions by which themes may be split."""
    return [item for item in questionnaire.questions if item.get("about_you") and item["options"]]


def theme_table(people_by_theme, base, order):
    """One-way: people by theme, each theme its own yes or no against everyone with words."""
    counts = {str(theme): len(people_by_theme.get(theme, set()) & base) for theme in order}
    return Table.one_way(counts, base=len(base))


def theme_by_facet(people_by_theme, base, order, crowd, item):
    """Two-way: theme by a band. Everyone is in one column; who gave no band is in "not given"."""
    columns = [option for option, _ in options_of(item)] + [NOT_GIVEN]
    band = defaultdict(lambda: NOT_GIVEN)
    for respondent in base:
        given = crowd.answers.get(respondent, {}).get(item["id"])
        if given:
            band[respondent] = given[0]
    bases = Counter(band[respondent] for respondent in base)
    rows = []
    for theme in order:
        counts = Counter(band[respondent] for respondent in people_by_theme.get(theme, set()) & base)
        rows.append(tuple(counts[column] for column in columns))
    return Table(
        rows=tuple(str(theme) for theme in order),
        counts=tuple(rows),
        columns=tuple(columns),
        bases=tuple(bases[column] for column in columns),
    )

"""Theme rows of the planners' pages, joined from frozen releases and decisions; nothing is counted here."""

from collections import defaultdict

from insights.coding.theme_hierarchy import nest_sub_themes
from insights.decisions import trace
from insights.decisions.evidence_answers import answers_by_theme, find_newest_answer
from insights.releases.minority_views import policies
from insights.releases.stored_figures import WAITING, count_interval, is_reported
from insights.releases.theme_evidence import list_theme_evidence

SORTS = {
    "people": lambda row: (-row["weight"], row["label"]),
    "grave": lambda row: (-row["gravity"], -row["weight"], row["label"]),
    "unanswered": lambda row: (row["answer"]["icon"] != "clock", -row["weight"], row["label"]),
}
GRAVE = policies.GRAVE
UNANSWERED = {"icon": "clock", "word": "Waits", "late": False}


def list_theme_rows(release, sort="people", shown=None, decided=None):
    """Rows for `theme_bars`: figure, gravity, link to the quotes and the newest decision. `shown`: the release's
    evidence, `decided`: its answers by theme, if already fetched."""
    return sorted(list_rows_by_release([release], shown, decided)[release.pk], key=SORTS.get(sort, SORTS["people"]))


def list_rows_by_release(releases, shown=None, decided=None):
    """{release id: theme rows} for any number of releases, in a constant number of queries."""
    shown = list_theme_evidence(releases) if shown is None else shown
    if decided is None:
        decided = answers_by_theme({release.consultation_id for release in releases})
    answers = {}  # {(consultation, theme): the newest published decision that cites it}
    for place, decisions in decided.items():
        newest = find_newest_answer(decisions)
        answers[place] = {
            "icon": f"outcome-{newest.outcome}",
            "word": newest.get_outcome_display(),
            "late": newest.is_late,
            "against": newest.goes_against,
        }
    found = {release.pk: [] for release in releases}
    for one in shown:
        if one.release.pk in found:
            found[one.release.pk].append(_build_theme_row(one, answers))
    return found


def _build_theme_row(one, answers):
    """One theme row, with its interval in people."""
    own = {"base": one.base, "weight": one.weight, "gravity": one.entry.gravity}
    own |= {"few": bool(one.words), "url": one.url, "entry": one.entry}
    return one.row | count_interval(one.row, one.base) | own | {"answer": answers.get(one.place, UNANSWERED)}


def split_hidden_themes(rows, sort="people"):
    """(rows for the chart, rows with a hidden number, rows that have none because people have read too few answers).

    By gravity, grave themes stay in the chart although their number is hidden: few people and nobody look alike.
    """
    grave = sort == "grave"
    apart = [row for row in rows if not is_reported(row) and not (grave and row["gravity"] >= GRAVE)]
    there = [row for row in rows if row not in apart]
    hidden = sorted(apart, key=SORTS["grave"])
    waiting = [row for row in hidden if row["symbol"] == WAITING]
    return _nest_rows(there), _nest_rows([row for row in hidden if row not in waiting]), waiting


def _nest_rows(rows):
    """The rows with sub-themes after their theme, which `under` says."""
    return [row | {"under": under} for row, under in nest_sub_themes(rows, lambda row: row["entry"])]


def link_themes_by_answer(figure, rows):
    """A themes-by-answer table, most people first and sub-themes under their theme, each linked to its quotes. `rows`:
    from `list_theme_rows`, of the themes that the table shows."""
    of = {row["id"]: row for row in rows}
    ranked = sorted(figure.table["rows"], key=lambda row: (-(row["value"] or 0), row["label"]))
    placed = nest_sub_themes((row for row in ranked if row["id"] in of), lambda row: of[row["id"]]["entry"])
    linked = [row | {"url": of[row["id"]]["url"], "under": under} for row, under in placed]
    table = figure.table | {"rows": linked}
    return {"title": figure.title, "table": table, "anchor": f"by-{figure.key.replace('~', '-')}"}


def list_quoted_questions(quotes):
    """The questions, as asked, that these quotes answer, the newest version first."""
    asked = trace.find_asked_questions((quote.version_id, quote.question) for quote in quotes).values()
    return sorted(filter(None, asked), key=lambda one: (-one.version, one.number))


SORTS_ACROSS = {
    "people": lambda row: (-_most_people(row), row["entry"].label),
    "grave": lambda row: (-row["entry"].gravity, -_most_people(row), row["entry"].label),
}


def _most_people(row):
    return max((place["weight"] for place in row["places"]), default=0)


def list_themes_across(releases, sort="grave"):
    """Each theme over these releases: {entry, places, decisions}. `releases`: the newest of each consultation.

    Grave themes are listed even if every number is hidden, whether few people spoke of them or nobody.
    """
    found = {}
    rows = list_rows_by_release(releases, list_theme_evidence(releases, views=True))
    for release in releases:
        for row in rows[release.pk]:
            if row["weight"] or row["gravity"] >= GRAVE:
                theme = row["entry"].theme_id
                place = {name: row[name] for name in ("value", "weight", "symbol", "percent", "url")}
                place |= {"release": release, "few": row["few"]}
                found.setdefault(theme, {"entry": row["entry"], "places": []})["places"].append(place)
    decided = defaultdict(dict)  # {theme id: {id: published decision that cites it}, of any consultation}
    for (_, theme), answers in answers_by_theme().items():
        decided[theme] |= {decision.pk: decision for decision in answers}
    every = [row | {"decisions": list(decided[theme].values())} for theme, row in found.items()]
    return _nest_rows(sorted(every, key=SORTS_ACROSS.get(sort, SORTS_ACROSS["grave"])))
